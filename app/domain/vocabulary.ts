/** Small closed vocabularies that tables, types, URLs and exports share. */

export const SOURCES = ["human", "simulated"] as const;
export type Source = (typeof SOURCES)[number];

export const ARM_STATUSES = ["open", "paused"] as const;
export type ArmStatus = (typeof ARM_STATUSES)[number];

export const STUDY_RATER_STATUSES = ["active", "blocked"] as const;
export type StudyRaterStatus = (typeof STUDY_RATER_STATUSES)[number];

export const CONSENT_SCOPES = [
  "research_internal",
  "research_shared",
  "public_release",
  "free_text",
  "images",
  "demographics",
] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];

export const PROBLEM_KINDS = ["image_broken", "offensive", "wrong", "slow", "my_mistake", "other"] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export const PROBLEM_STATUSES = ["open", "answered", "closed"] as const;
export type ProblemStatus = (typeof PROBLEM_STATUSES)[number];

export const IMAGE_STATUSES = ["pending", "ready", "failed"] as const;
export type ImageStatus = (typeof IMAGE_STATUSES)[number];

export const EXPORT_STATUSES = ["queued", "running", "ready", "failed", "cancelled"] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** Read the database, write tables, copy images, put the files into the object store. */
export const EXPORT_STAGES = ["snapshot", "tables", "images", "publish"] as const;
export type ExportStage = (typeof EXPORT_STAGES)[number];

export const PRIVACY_PROFILES = ["internal", "shared", "public"] as const;
export type PrivacyProfile = (typeof PRIVACY_PROFILES)[number];

/** What a safety filter can stop. */
export const SAFETY_SUBJECTS = ["prompt", "critique", "expansion", "image"] as const;
export type SafetySubject = (typeof SAFETY_SUBJECTS)[number];
