import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { TurnAnswers } from "../../domain/evaluation.ts";
import { cleanText } from "../../domain/text.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import type { AnswersPatch } from "./check-answers.ts";
import type { EvaluatedTurn } from "./load-evaluation.ts";

/** Writes checked answers of one turn over those that are there; returns all answers of the turn. */
export async function storeAnswers(
  ctx: ServiceContext,
  tx: Tx,
  session: LoadedSession,
  before: EvaluatedTurn,
  patch: AnswersPatch,
): Promise<TurnAnswers> {
  const now = ctx.now();
  const { turnEvaluations, columnSatisfactions } = ctx.store.t;
  const merged = { ...before.answers, ...patch };
  const after: TurnAnswers = {
    ...merged,
    rationale: cleanText(merged.rationale),
    columnSatisfactions: { ...before.answers.columnSatisfactions, ...patch.columnSatisfactions },
  };
  const values = {
    confirmedColumnId: after.confirmedColumnId,
    rationale: after.rationale,
    vsPrevious: after.vsPrevious,
    turnSatisfaction: after.turnSatisfaction,
    updatedAtMs: now,
  };
  await tx
    .insert(turnEvaluations)
    .values({ turnId: before.turnId, trajectoryId: session.trajectory.id, ...values })
    .onConflictDoUpdate({
      target: turnEvaluations.turnId,
      set: { ...values, revision: sql`${turnEvaluations.revision} + 1` },
    });
  for (const [columnId, satisfaction] of Object.entries(patch.columnSatisfactions ?? {})) {
    if (satisfaction === before.answers.columnSatisfactions[columnId]) continue;
    if (satisfaction === null) {
      await tx.delete(columnSatisfactions).where(eq(columnSatisfactions.columnId, columnId));
      continue;
    }
    await tx
      .insert(columnSatisfactions)
      .values({
        columnId,
        turnId: before.turnId,
        trajectoryId: session.trajectory.id,
        satisfaction,
        updatedAtMs: now,
      })
      .onConflictDoUpdate({
        target: columnSatisfactions.columnId,
        set: { satisfaction, updatedAtMs: now },
      });
  }
  return after;
}
