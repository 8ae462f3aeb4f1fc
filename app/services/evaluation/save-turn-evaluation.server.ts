import { eq, sql } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import {
  asksVsPrevious,
  type MissingAnswer,
  missingAnswers,
  type TurnAnswers,
} from "../../domain/evaluation.ts";
import { cleanText } from "../../domain/text.ts";
import { assertPhase, lockSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";
import { type AnswersPatch, checkAnswers } from "./check-answers.ts";
import { loadEvaluation } from "./load-evaluation.ts";

export interface SaveTurnEvaluationArgs {
  assignmentId: string;
  /** 1-based. */
  turnNumber: number;
  answers: AnswersPatch;
}

/**
 * Saves answers of one turn as the rater goes; incomplete is fine, wrong is not. The same values saved twice have one
 * effect. Errors: INVALID_INPUT with fields, WRONG_PHASE, ASSIGNMENT_NOT_LIVE, NOT_FOUND.
 */
export async function saveTurnEvaluation(
  ctx: ServiceContext,
  actor: Actor,
  args: SaveTurnEvaluationArgs,
): Promise<{ missing: MissingAnswer[]; savedAtMs: number; nextTurnNumber: number | null }> {
  assertCapability(actor, "rate");
  // Renews the lease, and brings an expired assignment back while there is a place.
  await openSession(ctx, actor, args.assignmentId);
  return ctx.store.tx(async (tx) => {
    const session = await lockSession(ctx, tx, actor, args.assignmentId);
    assertPhase(session, "evaluation");
    const before = (await loadEvaluation(ctx, tx, session))[args.turnNumber - 1];
    if (!before) throw notFound("turn");
    const columnIds = before.columns.map((c) => c.columnId);
    const patch = checkAnswers(args.answers, columnIds, asksVsPrevious(before.turnIndex));
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
    return {
      missing: missingAnswers(after, columnIds, session.settings.rationaleMinWords),
      savedAtMs: now,
      nextTurnNumber: args.turnNumber < session.settings.horizon ? args.turnNumber + 1 : null,
    };
  });
}
