import { sql } from "drizzle-orm";
import { BREAKER_STATUSES } from "../../app/domain/circuit-breaker.ts";
import { type CallParameters, PROVIDER_FAULTS } from "../../app/domain/provider-call.ts";
import { SAFETY_SUBJECTS } from "../../app/domain/vocabulary.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { SlateTables } from "./slate.ts";
import type { StudyTables } from "./study.ts";
import type { TrajectoryTables } from "./trajectory.ts";

/** Calls of models with their cost, what the processes know of each provider, who works, and what filters stopped. */
export function providerTables(
  k: Kit,
  {
    studies,
    raters,
    trajectories,
    turns,
    images,
    generationSteps,
  }: StudyTables & TrajectoryTables & SlateTables,
) {
  /** One row per upstream call, failed ones too. */
  const providerCalls = k.table(
    "provider_calls",
    {
      id: k.autoId(),
      studyId: k.text().references(() => studies.id, { onDelete: "cascade" }),
      turnId: k.text().references(() => turns.id, { onDelete: "cascade" }),
      stepId: k.text().references(() => generationSteps.id, { onDelete: "cascade" }),
      provider: k.text().notNull(),
      model: k.text().notNull(),
      startedAtMs: k.ms().notNull(),
      durationMs: k.ms().notNull(),
      /** null = it succeeded. */
      fault: k.enumText(PROVIDER_FAULTS),
      billed: k.bool().notNull(),
      parameters: k.json<CallParameters>().notNull(),
      inputTokens: k.int(),
      outputTokens: k.int(),
      /** Millionths of the operator's currency; null = no price is configured. */
      costMicros: k.ms(),
    },
    (t) => [
      k.index("provider_calls_provider_ix").on(t.provider, t.startedAtMs),
      k.index("provider_calls_study_ix").on(t.studyId, t.startedAtMs),
      k.index("provider_calls_turn_ix").on(t.turnId),
      k.index("provider_calls_step_ix").on(t.stepId),
      k.check("provider_calls_fault_ck", sql`${t.fault} is null or ${oneOf(t.fault, PROVIDER_FAULTS)}`),
    ],
  );

  /** Rate limit and circuit breaker of a provider, shared by all processes. */
  const providerStates = k.table(
    "provider_states",
    {
      provider: k.text().primaryKey(),
      tokens: k.real(),
      tokensAtMs: k.ms(),
      /** The service asked for quiet until then (Retry-After). */
      pausedUntilMs: k.ms(),
      breakerStatus: k.enumText(BREAKER_STATUSES).notNull().default("closed"),
      breakerFailures: k.int().notNull().default(0),
      breakerOpenings: k.int().notNull().default(0),
      breakerSinceMs: k.ms().notNull().default(0),
      breakerUntilMs: k.ms(),
    },
    (t) => [k.check("provider_states_breaker_ck", oneOf(t.breakerStatus, BREAKER_STATUSES))],
  );

  /** Processes that do generation steps. */
  const workers = k.table(
    "workers",
    {
      id: k.text().primaryKey(),
      host: k.text().notNull(),
      pid: k.int().notNull(),
      running: k.int().notNull(),
      startedAtMs: k.ms().notNull(),
      heartbeatAtMs: k.ms().notNull(),
      /** When it ended in good order; null = it works, or was killed. */
      stoppedAtMs: k.ms(),
    },
    (t) => [k.index("workers_heartbeat_ix").on(t.heartbeatAtMs)],
  );

  /** What a safety filter, or a model's own, stopped. */
  const safetyBlocks = k.table(
    "safety_blocks",
    {
      id: k.text().primaryKey(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      trajectoryId: k
        .text()
        .notNull()
        .references(() => trajectories.id, { onDelete: "cascade" }),
      turnId: k.text().references(() => turns.id, { onDelete: "cascade" }),
      subject: k.enumText(SAFETY_SUBJECTS).notNull(),
      /** The text that was stopped; "" for images. */
      text: k.text().notNull(),
      /** Filter or provider. */
      source: k.text().notNull(),
      reason: k.text().notNull(),
      atMs: k.ms().notNull(),
    },
    (t) => [
      k.index("safety_blocks_study_ix").on(t.studyId, t.atMs),
      k.index("safety_blocks_trajectory_ix").on(t.trajectoryId),
      k.check("safety_blocks_subject_ck", oneOf(t.subject, SAFETY_SUBJECTS)),
    ],
  );

  /** Images that a rater does not want to see; for that rater alone. */
  const hiddenImages = k.table(
    "hidden_images",
    {
      raterId: k
        .text()
        .notNull()
        .references(() => raters.id, { onDelete: "cascade" }),
      imageId: k
        .text()
        .notNull()
        .references(() => images.id, { onDelete: "cascade" }),
      hiddenAtMs: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.raterId, t.imageId] }),
      k.index("hidden_images_image_ix").on(t.imageId),
    ],
  );

  return { providerCalls, providerStates, workers, safetyBlocks, hiddenImages };
}
export type ProviderTables = ReturnType<typeof providerTables>;
