import { z } from "zod";
import { OPTIONAL_PHASES } from "./phase.ts";
import { slateProblems } from "./settings-problems.ts";
import {
  ABOUT_YOU_QUESTIONS,
  ALLOCATION_LEVELS,
  consentSchema,
  EXPIRY_POLICIES,
  PAY_UNITS,
  promptSourceSchema,
  recruitmentSchema,
} from "./study-parts.ts";
import { CRITIQUE_MAX_WORDS, INITIAL_PROMPT_MAX_WORDS } from "./words.ts";

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "Use lower-case letters, digits and hyphens, at most 40 characters.");

/**
 * One agent configuration (paper 3.1): candidate generator + selector, or direct slate, with the T2I model.
 * Without a selector the model named by `generator` writes the slate's L prompts itself.
 */
export const agentSchema = z.strictObject({
  generator: z.string().min(1),
  /** null = direct slate. */
  selector: z.string().min(1).nullable(),
  t2iModel: z.string().min(1),
});
export type AgentConfig = z.infer<typeof agentSchema>;

export const armSchema = z.strictObject({
  key,
  label: z.string().trim().min(1, "Give the arm a name.").max(80),
  /** Relative share of trajectories. */
  weight: z.number().int().min(1).max(20),
  agent: agentSchema,
});
export type ArmSettings = z.infer<typeof armSchema>;

/**
 * Everything that one version of a study fixes. Defaults are the paper's own (B.1, E).
 * Adding a field needs a default, so that settings frozen by an older version still parse.
 */
export const studySettingsSchema = z
  .strictObject({
    /** H: turns of the interaction phase. */
    horizon: z.number().int().min(1).max(20).default(5),
    /** L: columns of a slate. */
    columnCount: z.number().int().min(2).max(8).default(4),
    /** M: images of a column. */
    imagesPerColumn: z.number().int().min(1).max(8).default(4),
    /** L_C: candidates that the generator proposes. */
    candidateCount: z.number().int().min(2).max(200).default(25),
    categoryCount: z.number().int().min(2).max(20).default(5),
    initialPromptMaxWords: z.number().int().min(1).max(60).default(INITIAL_PROMPT_MAX_WORDS),
    critiqueMaxWords: z.number().int().min(1).max(60).default(CRITIQUE_MAX_WORDS),
    /** l_max of E.4. */
    expansionMaxWords: z.number().int().min(4).max(300).default(62),
    rationaleMinWords: z.number().int().min(1).max(50).default(3),
    imageSizePx: z.number().int().min(256).max(1024).default(512),
    optionalPhases: z.array(z.enum(OPTIONAL_PHASES)).max(OPTIONAL_PHASES.length).default([]),
    consent: consentSchema.prefault({}),
    /** Asked in the phase about_you, in this order. */
    aboutYouQuestions: z.array(z.enum(ABOUT_YOU_QUESTIONS)).max(ABOUT_YOU_QUESTIONS.length).default([]),
    prompts: promptSourceSchema.prefault({}),
    /** Completed trajectories wanted. */
    targetTrajectories: z.number().int().min(1).max(1_000_000).default(100),
    /** Places given beyond the target, for work that is expected to be dropped or rejected. */
    overRecruitment: z.number().int().min(0).max(1_000_000).default(0),
    allocationLevel: z.enum(ALLOCATION_LEVELS).default("trajectory"),
    /** Most trajectories of one rater; null = no limit. */
    maxTrajectoriesPerRater: z.number().int().min(1).max(100_000).nullable().default(null),
    /** Most trajectories that one rater starts within 24 hours; null = no limit. */
    maxTrajectoriesPerRaterPerDay: z.number().int().min(1).max(1000).nullable().default(null),
    /** Shortest time between handing one trajectory in and starting the next. */
    minPauseMinutes: z.number().int().min(0).max(43_200).default(0),
    /** Work can be started from and until these instants (UTC ms); null = no bound. */
    opensAtMs: z.number().int().nonnegative().nullable().default(null),
    closesAtMs: z.number().int().nonnegative().nullable().default(null),
    /** Rater groups that may take part; empty = all. */
    eligiblePools: z.array(z.string().trim().min(1).max(80)).max(100).default([]),
    /** How long an assignment may lie untouched before its place is freed. */
    leaseMinutes: z.number().int().min(5).max(20_160).default(180),
    expiryPolicy: z.enum(EXPIRY_POLICIES).default("revive"),
    /** The rater is reminded when the lease has this many minutes left; 0 = never. */
    reminderMinutes: z.number().int().min(0).max(10_080).default(30),
    /** Rejected work gives its place to somebody else. */
    reuseRejectedPlaces: z.boolean().default(true),
    payUnit: z.enum(PAY_UNITS).default("trajectory"),
    /** Pay for an hour of active and waiting time, where `payUnit` is "hour". */
    payPerHourCents: z.number().int().min(0).max(1_000_000).default(0),
    payPerTrajectoryCents: z.number().int().min(0).max(1_000_000).default(0),
    payCurrency: z
      .string()
      .regex(/^[A-Z]{3}$/, "Use a three-letter currency code such as USD.")
      .default("USD"),
    expectedMinutes: z.number().int().min(1).max(600).default(15),
    recruitment: recruitmentSchema.prefault({}),
    /** A turn is ready, or has failed and can be tried again, within this time. */
    turnDeadlineSeconds: z.number().int().min(10).max(3600).default(300),
    /** No new slates are asked for once the study's models have cost this much (operator's currency); null = no limit. */
    spendCapCents: z.number().int().min(0).max(1_000_000_000).nullable().default(null),
    /** Raters are warned that images may show adult or disturbing content. */
    adultContentNotice: z.boolean().default(false),
    /** Markdown-free plain text above the instructions; "" = none. */
    welcomeText: z.string().max(4000).default(""),
    arms: z.array(armSchema).min(1, "A study needs at least one arm.").max(20),
  })
  .superRefine((settings, ctx) => {
    for (const { path, message } of slateProblems(settings)) ctx.addIssue({ code: "custom", path, message });
  });
export type StudySettings = z.infer<typeof studySettingsSchema>;

/** The paper's study with two concurrent arms on the embedded models. */
export function defaultStudySettings(): StudySettings {
  return studySettingsSchema.parse({
    arms: [
      {
        key: "random",
        label: "Lexicon + random",
        weight: 1,
        agent: { generator: "lexicon", selector: "random", t2iModel: "sketch" },
      },
      {
        key: "attribute-value",
        label: "Lexicon + attribute-value",
        weight: 1,
        agent: { generator: "lexicon", selector: "attribute-value", t2iModel: "sketch" },
      },
    ],
  });
}
