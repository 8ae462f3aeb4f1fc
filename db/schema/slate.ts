import { sql } from "drizzle-orm";
import { VS_PREVIOUS_VALUES } from "../../app/domain/evaluation.ts";
import type { CallParameters, SelectorFallback } from "../../app/domain/provider-call.ts";
import type { SlateOrder } from "../../app/domain/slate.ts";
import { STEP_KINDS, STEP_STATUSES } from "../../app/domain/turn.ts";
import { IMAGE_STATUSES } from "../../app/domain/vocabulary.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { TrajectoryTables } from "./trajectory.ts";

/** What a turn shows, what the rater did with it, and the durable steps that made it. */
export function slateTables(k: Kit, { trajectories, turns }: TrajectoryTables) {
  const turnId = () =>
    k
      .text()
      .notNull()
      .references(() => turns.id, { onDelete: "cascade" });
  const trajectoryId = () =>
    k
      .text()
      .notNull()
      .references(() => trajectories.id, { onDelete: "cascade" });

  const slates = k.table("slates", {
    turnId: k
      .text()
      .primaryKey()
      .references(() => turns.id, { onDelete: "cascade" }),
    agentVersion: k.text().notNull(),
    t2iModel: k.text().notNull(),
    displayOrder: k.json<SlateOrder>().notNull(),
    /** Set when another selector than the arm's decided. */
    selectorFallback: k.json<SelectorFallback>(),
    proposedAtMs: k.ms().notNull(),
    /** First time that the whole slate was on the rater's screen. */
    shownAtMs: k.ms(),
  });

  const candidates = k.table(
    "candidates",
    {
      turnId: turnId(),
      candidateIndex: k.int().notNull(),
      prompt: k.text().notNull(),
      category: k.text().notNull(),
      inSlate: k.bool().notNull(),
      selectorScore: k.real(),
      propensity: k.real(),
    },
    (t) => [
      k.primaryKey({ columns: [t.turnId, t.candidateIndex] }),
      k.check(
        "candidates_propensity_ck",
        sql`${t.propensity} is null or (${t.propensity} >= 0 and ${t.propensity} <= 1)`,
      ),
    ],
  );

  const columns = k.table(
    "columns",
    {
      id: k.text().primaryKey(),
      turnId: turnId(),
      trajectoryId: trajectoryId(),
      columnIndex: k.int().notNull(),
      displayPosition: k.int().notNull(),
      candidateIndex: k.int().notNull(),
      prompt: k.text().notNull(),
      category: k.text().notNull(),
    },
    (t) => [
      k.uniqueIndex("columns_turn_index_uq").on(t.turnId, t.columnIndex),
      k.uniqueIndex("columns_turn_position_uq").on(t.turnId, t.displayPosition),
      k.index("columns_trajectory_ix").on(t.trajectoryId),
    ],
  );

  /** Content-addressed bytes in the object store. */
  const objects = k.table(
    "objects",
    {
      sha256: k.text().primaryKey(),
      byteSize: k.int().notNull(),
      mimeType: k.text().notNull(),
      widthPx: k.int().notNull(),
      heightPx: k.int().notNull(),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [k.check("objects_sha256_ck", sql`length(${t.sha256}) = 64`)],
  );

  const images = k.table(
    "images",
    {
      id: k.text().primaryKey(),
      columnId: k
        .text()
        .notNull()
        .references(() => columns.id, { onDelete: "cascade" }),
      turnId: turnId(),
      trajectoryId: trajectoryId(),
      imageIndex: k.int().notNull(),
      displayRow: k.int().notNull(),
      /** 64-bit in the dataset; the models here are given 31 bits. */
      seed: k.ms().notNull(),
      status: k.enumText(IMAGE_STATUSES).notNull(),
      model: k.text().notNull(),
      /** What the T2I model says it used: steps, guidance, its own seed …; null = it says nothing. */
      parameters: k.json<CallParameters>(),
      /** Original as the model made it, without metadata. */
      sha256: k.text().references(() => objects.sha256),
      /** WebP that raters are shown. */
      displaySha256: k.text().references(() => objects.sha256),
      /** ThumbHash of what is shown, base64: a blurred stand-in while it loads; null = made before there were any. */
      placeholder: k.text(),
      readyAtMs: k.ms(),
    },
    (t) => [
      k.uniqueIndex("images_column_index_uq").on(t.columnId, t.imageIndex),
      k.uniqueIndex("images_column_row_uq").on(t.columnId, t.displayRow),
      k.index("images_turn_ix").on(t.turnId, t.status),
      k.index("images_trajectory_ix").on(t.trajectoryId),
      k.check("images_status_ck", oneOf(t.status, IMAGE_STATUSES)),
      k.check(
        "images_ready_ck",
        sql`(${t.status} = 'ready') = (${t.sha256} is not null and ${t.displaySha256} is not null)`,
      ),
    ],
  );

  const generationSteps = k.table(
    "generation_steps",
    {
      id: k.text().primaryKey(),
      turnId: turnId(),
      trajectoryId: trajectoryId(),
      kind: k.enumText(STEP_KINDS).notNull(),
      imageId: k.text().references(() => images.id, { onDelete: "cascade" }),
      /** Adapter that does the work, e.g. "sketch". */
      provider: k.text().notNull(),
      status: k.enumText(STEP_STATUSES).notNull(),
      attempts: k.int().notNull().default(0),
      runAfterMs: k.ms().notNull(),
      leaseOwner: k.text(),
      /** Fencing token: grows with each claim; a result with an older token is refused. */
      leaseToken: k.int().notNull().default(0),
      leaseExpiresAtMs: k.ms(),
      error: k.text(),
      /** What the generator proposed, kept so that a fault after it does not call it again. */
      proposed: k.json<{ prompt: string; category: string }[]>(),
      startedAtMs: k.ms(),
      /** When the provider had replied: what is left is to check and store, and its place is free for another step. */
      repliedAtMs: k.ms(),
      finishedAtMs: k.ms(),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex("generation_steps_image_uq").on(t.imageId),
      k
        .uniqueIndex("generation_steps_propose_uq")
        .on(t.turnId)
        .where(oneOf(t.kind, ["propose"])),
      k.index("generation_steps_due_ix").on(t.status, t.runAfterMs),
      k.index("generation_steps_turn_ix").on(t.turnId),
      k.index("generation_steps_provider_ix").on(t.provider, t.status),
      k.check("generation_steps_kind_ck", oneOf(t.kind, STEP_KINDS)),
      k.check("generation_steps_status_ck", oneOf(t.status, STEP_STATUSES)),
      k.check("generation_steps_target_ck", sql`(${t.kind} = 'render') = (${t.imageId} is not null)`),
    ],
  );

  /** One row per turn at most: exactly one column is chosen. */
  const choices = k.table(
    "choices",
    {
      turnId: k
        .text()
        .primaryKey()
        .references(() => turns.id, { onDelete: "cascade" }),
      trajectoryId: trajectoryId(),
      columnId: k
        .text()
        .notNull()
        .references(() => columns.id),
      critique: k.text().notNull().default(""),
      /** What the agent was given of it. */
      critiqueSentToAgent: k.text().notNull().default(""),
      chosenAtMs: k.ms().notNull(),
      activeMs: k.ms(),
      idleMs: k.ms(),
      waitingMs: k.ms(),
    },
    (t) => [k.index("choices_trajectory_ix").on(t.trajectoryId), k.index("choices_column_ix").on(t.columnId)],
  );

  const turnEvaluations = k.table(
    "turn_evaluations",
    {
      turnId: k
        .text()
        .primaryKey()
        .references(() => turns.id, { onDelete: "cascade" }),
      trajectoryId: trajectoryId(),
      confirmedColumnId: k.text().references(() => columns.id),
      rationale: k.text().notNull().default(""),
      vsPrevious: k.enumText(VS_PREVIOUS_VALUES),
      turnSatisfaction: k.int(),
      /** Grows with every save. */
      revision: k.int().notNull().default(1),
      updatedAtMs: k.ms().notNull(),
    },
    (t) => [
      k.index("turn_evaluations_trajectory_ix").on(t.trajectoryId),
      k.check(
        "turn_evaluations_vs_previous_ck",
        sql`${t.vsPrevious} is null or ${oneOf(t.vsPrevious, VS_PREVIOUS_VALUES)}`,
      ),
      k.check(
        "turn_evaluations_satisfaction_ck",
        sql`${t.turnSatisfaction} is null or ${t.turnSatisfaction} between 1 and 5`,
      ),
    ],
  );

  const columnSatisfactions = k.table(
    "column_satisfactions",
    {
      columnId: k
        .text()
        .primaryKey()
        .references(() => columns.id, { onDelete: "cascade" }),
      turnId: turnId(),
      trajectoryId: trajectoryId(),
      satisfaction: k.int().notNull(),
      updatedAtMs: k.ms().notNull(),
    },
    (t) => [
      k.index("column_satisfactions_trajectory_ix").on(t.trajectoryId),
      k.check("column_satisfactions_value_ck", sql`${t.satisfaction} between 1 and 5`),
    ],
  );

  return {
    slates,
    candidates,
    columns,
    objects,
    images,
    generationSteps,
    choices,
    turnEvaluations,
    columnSatisfactions,
  };
}
export type SlateTables = ReturnType<typeof slateTables>;
