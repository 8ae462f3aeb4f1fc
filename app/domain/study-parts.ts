import { z } from "zod";
import { LINE_MAX_CHARACTERS } from "./text.ts";
import { CONSENT_SCOPES } from "./vocabulary.ts";

/** Parts of a study's settings that belong together. Every field has a default: see {@link studySettingsSchema}. */

export const PROMPT_MODES = ["free", "cue", "given"] as const;
export type PromptMode = (typeof PROMPT_MODES)[number];
export const PROMPT_LIST_MAX = 5000;

/** Where initial prompts come from: the rater's own idea, a theme cue to write about, or a prompt to take as it is. */
export const promptSourceSchema = z.strictObject({
  mode: z.enum(PROMPT_MODES).default("free"),
  /** Cues or prompts, one per task; empty for free prompts. */
  items: z
    .array(z.string().trim().min(1).max(LINE_MAX_CHARACTERS))
    .max(PROMPT_LIST_MAX, `Use at most ${PROMPT_LIST_MAX} entries.`)
    .default([]),
});
export type PromptSource = z.infer<typeof promptSourceSchema>;

/** What a rater agrees to before the first task of a study. `version` counts the texts; agreeing is asked anew for each. */
export const consentSchema = z.strictObject({
  version: z.number().int().min(1).max(10_000).default(1),
  /** Plain text; paragraphs are separated by empty lines. */
  text: z.string().max(20_000).default(""),
  scopes: z
    .array(z.strictObject({ scope: z.enum(CONSENT_SCOPES), required: z.boolean() }))
    .max(CONSENT_SCOPES.length)
    .default([{ scope: "research_internal", required: true }]),
});
export type ConsentSettings = z.infer<typeof consentSchema>;

/** Optional demographic questions; each offers "prefer not to say". */
export const ABOUT_YOU_QUESTIONS = [
  "age_band",
  "gender",
  "region",
  "first_language",
  "art_experience",
  "image_generator_use",
  "colour_vision",
] as const;
export type AboutYouQuestion = (typeof ABOUT_YOU_QUESTIONS)[number];

const webAddress = z
  .string()
  .trim()
  .max(2000)
  .refine((s) => s === "" || /^https?:\/\/[^\s]+$/.test(s), "Use a web address that starts with https://.")
  .default("");

/**
 * Where people who came by a recruitment link go when they leave, e.g. the panel's completion address. `{code}`, `{pid}`,
 * `{study}` and `{session}` are filled in. "" = our own page only.
 */
export const recruitmentSchema = z.strictObject({
  /** The panel's fixed completion code; "" = a code of its own for every task. */
  completionCode: z.string().trim().max(80).default(""),
  completedUrl: webAddress,
  screenedOutUrl: webAddress,
  studyFullUrl: webAddress,
});
export type RecruitmentSettings = z.infer<typeof recruitmentSchema>;

/** `trajectory`: an arm per trajectory, balanced within raters; `rater`: one arm for all of a rater's trajectories. */
export const ALLOCATION_LEVELS = ["trajectory", "rater"] as const;
export type AllocationLevel = (typeof ALLOCATION_LEVELS)[number];

/** `revive`: work whose lease ran out can be taken up again while a place is free; `final`: it is kept, but closed. */
export const EXPIRY_POLICIES = ["revive", "final"] as const;
export type ExpiryPolicy = (typeof EXPIRY_POLICIES)[number];

export const PAY_UNITS = ["trajectory", "hour"] as const;
export type PayUnit = (typeof PAY_UNITS)[number];
