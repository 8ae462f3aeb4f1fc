import { sql } from "drizzle-orm";
import { ROLES } from "../../app/domain/roles.ts";
import { STUDY_STATUSES } from "../../app/domain/study.ts";
import type { AgentConfig, StudySettings } from "../../app/domain/study-settings.ts";
import {
  ARM_STATUSES,
  type CONSENT_SCOPES,
  SOURCES,
  STUDY_RATER_STATUSES,
} from "../../app/domain/vocabulary.ts";
import type { ImportedRelease } from "../../exporters/import/release.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { AuthTables } from "./auth.ts";

/** Studies, arms, raters and how raters get in. Identity (user) is kept apart from the pseudonymous rater. */
export function studyTables(k: Kit, { user }: AuthTables) {
  const studies = k.table(
    "studies",
    {
      id: k.text().primaryKey(),
      name: k.text().notNull(),
      status: k.enumText(STUDY_STATUSES).notNull().default("draft"),
      /** 0 = never published. */
      currentVersion: k.int().notNull().default(0),
      draftSettings: k.json<StudySettings>().notNull(),
      /** Assignments that hold a place; kept by the database itself (db/place-counter.ts), never written by hand. */
      placesHeld: k.int().notNull().default(0),
      /** When the coordinators were told which arm is which; null = the arms are letters to them. */
      analysisUnlockedAtMs: k.ms(),
      analysisUnlockedBy: k.text().references(() => user.id, { onDelete: "set null" }),
      /** What the bundle said of itself from which the study was imported; null = it was made here. */
      imported: k.json<ImportedRelease>(),
      createdBy: k.text().references(() => user.id, { onDelete: "set null" }),
      createdAtMs: k.ms().notNull(),
      updatedAtMs: k.ms().notNull(),
    },
    (t) => [
      k.check("studies_status_ck", oneOf(t.status, STUDY_STATUSES)),
      k.check("studies_version_ck", sql`${t.currentVersion} >= 0`),
      k.index("studies_created_ix").on(t.createdAtMs),
    ],
  );

  const studyVersions = k.table(
    "study_versions",
    {
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      version: k.int().notNull(),
      settings: k.json<StudySettings>().notNull(),
      publishedBy: k.text().references(() => user.id, { onDelete: "set null" }),
      publishedAtMs: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.studyId, t.version] }),
      k.check("study_versions_version_ck", sql`${t.version} >= 1`),
    ],
  );

  const arms = k.table(
    "arms",
    {
      id: k.text().primaryKey(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      studyVersion: k.int().notNull(),
      armKey: k.text().notNull(),
      label: k.text().notNull(),
      weight: k.int().notNull(),
      agent: k.json<AgentConfig>().notNull(),
      status: k.enumText(ARM_STATUSES).notNull().default("open"),
    },
    (t) => [
      k.uniqueIndex("arms_study_version_key_uq").on(t.studyId, t.studyVersion, t.armKey),
      k.check("arms_weight_ck", sql`${t.weight} >= 1`),
      k.check("arms_status_ck", oneOf(t.status, ARM_STATUSES)),
    ],
  );

  const raters = k.table(
    "raters",
    {
      id: k.text().primaryKey(),
      /** Dropped on erasure; everything else refers to the pseudonymous id. */
      userId: k.text().references(() => user.id, { onDelete: "set null" }),
      pool: k.text().notNull().default(""),
      locale: k.text().notNull().default("en"),
      source: k.enumText(SOURCES).notNull().default("human"),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex("raters_user_uq").on(t.userId),
      k.check("raters_source_ck", oneOf(t.source, SOURCES)),
    ],
  );

  const studyRaters = k.table(
    "study_raters",
    {
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      raterId: k
        .text()
        .notNull()
        .references(() => raters.id, { onDelete: "cascade" }),
      status: k.enumText(STUDY_RATER_STATUSES).notNull().default("active"),
      addedAtMs: k.ms().notNull(),
      /** Where arms are allocated to raters: the rater's arm by its key, and the probability with which it was drawn. */
      armKey: k.text(),
      armProbability: k.real(),
      /** When the rater took their consent back. */
      withdrawnAtMs: k.ms(),
    },
    (t) => [
      k.primaryKey({ columns: [t.studyId, t.raterId] }),
      k.index("study_raters_rater_ix").on(t.raterId),
      k.check("study_raters_status_ck", oneOf(t.status, STUDY_RATER_STATUSES)),
    ],
  );

  const invitations = k.table(
    "invitations",
    {
      id: k.text().primaryKey(),
      /** SHA-256 (hex) of the token in the link; the token itself is never stored. */
      tokenSha256: k.text().notNull(),
      email: k.text().notNull(),
      role: k.enumText(ROLES).notNull(),
      studyId: k.text().references(() => studies.id, { onDelete: "cascade" }),
      source: k.enumText(SOURCES).notNull().default("human"),
      /** Offered on the invitation's page; "" when the coordinator gave none. */
      name: k.text().notNull().default(""),
      /** Become the rater's when the invitation is accepted; "" leaves what the rater has. */
      pool: k.text().notNull().default(""),
      locale: k.text().notNull().default(""),
      /** For coordinators only. */
      note: k.text().notNull().default(""),
      createdBy: k.text().references(() => user.id, { onDelete: "set null" }),
      createdAtMs: k.ms().notNull(),
      expiresAtMs: k.ms().notNull(),
      acceptedAtMs: k.ms(),
      acceptedUserId: k.text().references(() => user.id, { onDelete: "set null" }),
      revokedAtMs: k.ms(),
    },
    (t) => [
      k.uniqueIndex("invitations_token_uq").on(t.tokenSha256),
      k.index("invitations_study_ix").on(t.studyId, t.createdAtMs),
      k.check("invitations_role_ck", oneOf(t.role, ROLES)),
      k.check("invitations_source_ck", oneOf(t.source, SOURCES)),
    ],
  );

  const consents = k.table(
    "consents",
    {
      id: k.text().primaryKey(),
      raterId: k
        .text()
        .notNull()
        .references(() => raters.id, { onDelete: "cascade" }),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      consentVersion: k.int().notNull(),
      scopes: k.json<(typeof CONSENT_SCOPES)[number][]>().notNull(),
      givenAtMs: k.ms().notNull(),
      withdrawnAtMs: k.ms(),
    },
    (t) => [k.uniqueIndex("consents_rater_study_version_uq").on(t.raterId, t.studyId, t.consentVersion)],
  );

  const raterProfiles = k.table("rater_profiles", {
    raterId: k
      .text()
      .primaryKey()
      .references(() => raters.id, { onDelete: "cascade" }),
    /** Optional demographics; "prefer not to say" is an answer, and "" a question that was shown and left blank. */
    answers: k.json<Record<string, string>>().notNull(),
    updatedAtMs: k.ms().notNull(),
  });

  return { studies, studyVersions, arms, raters, studyRaters, invitations, consents, raterProfiles };
}
export type StudyTables = ReturnType<typeof studyTables>;
