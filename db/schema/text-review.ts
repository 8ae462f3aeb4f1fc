import { sql } from "drizzle-orm";
import { SCREENED_FIELDS, TEXT_DECISION_ENTRIES } from "../../app/domain/text-review.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { AuthTables } from "./auth.ts";
import type { StudyTables } from "./study.ts";
import type { TrajectoryTables } from "./trajectory.ts";

/** What reviewers decided about texts that raters typed. */
export function textReviewTables(
  k: Kit,
  { user, studies, trajectories }: AuthTables & StudyTables & TrajectoryTables,
) {
  /** Append-only: the newest row of a text counts. */
  const textDecisions = k.table(
    "text_decisions",
    {
      id: k.autoId(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      trajectoryId: k
        .text()
        .notNull()
        .references(() => trajectories.id, { onDelete: "cascade" }),
      /** null for the initial prompt. */
      turnIndex: k.int(),
      field: k.enumText(SCREENED_FIELDS).notNull(),
      decision: k.enumText(TEXT_DECISION_ENTRIES).notNull(),
      /** The released copy of a redacted text. */
      replacement: k.text(),
      /** Of the text that was decided about: a decision does not carry over to another text in its place. */
      textSha256: k.text().notNull(),
      /** Decisions that were made, and are undone, together. */
      batchId: k.text().notNull(),
      decidedBy: k.text().references(() => user.id, { onDelete: "set null" }),
      decidedAtMs: k.ms().notNull(),
    },
    (t) => [
      k.index("text_decisions_study_ix").on(t.studyId, t.id),
      k.index("text_decisions_trajectory_ix").on(t.trajectoryId, t.id),
      k.index("text_decisions_batch_ix").on(t.batchId),
      k.check("text_decisions_field_ck", oneOf(t.field, SCREENED_FIELDS)),
      k.check("text_decisions_decision_ck", oneOf(t.decision, TEXT_DECISION_ENTRIES)),
      k.check(
        "text_decisions_replacement_ck",
        sql`(${t.decision} = 'redacted') = (${t.replacement} is not null)`,
      ),
    ],
  );
  return { textDecisions };
}
