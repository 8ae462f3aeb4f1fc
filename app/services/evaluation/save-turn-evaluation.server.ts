import { type Actor, assertCapability } from "../../domain/actor.ts";
import { evaluationField } from "../../domain/answer-field.ts";
import { notFound } from "../../domain/errors.ts";
import { asksVsPrevious, type MissingAnswer, missingAnswers } from "../../domain/evaluation.ts";
import { assertPhase, lockSession } from "../assignment/load-session.ts";
import { touchWriter } from "../assignment/touch-writer.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";
import { writeFields } from "../trajectory/saved-fields.ts";
import { type AnswersPatch, checkAnswers, controlsOf } from "./check-answers.ts";
import { loadEvaluation } from "./load-evaluation.ts";
import { storeAnswers } from "./store-answers.ts";

export interface SaveTurnEvaluationArgs {
  assignmentId: string;
  /** 1-based. */
  turnNumber: number;
  answers: AnswersPatch;
  /** Fencing token of the sender's tab; absent for a page without scripts. */
  writerToken?: number | null;
}

/**
 * Takes the whole form of one turn; incomplete is fine, wrong is not. The same values saved twice have one effect.
 * Errors: INVALID_INPUT with fields, WRONG_PHASE, WRITER_MOVED, ASSIGNMENT_NOT_LIVE, NOT_FOUND.
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
    await touchWriter(ctx, tx, session, args.writerToken ?? null);
    const before = (await loadEvaluation(ctx, tx, session))[args.turnNumber - 1];
    if (!before) throw notFound("turn");
    const columnIds = before.columns.map((c) => c.columnId);
    const patch = checkAnswers(args.answers, columnIds, asksVsPrevious(before.turnIndex));
    const after = await storeAnswers(ctx, tx, session, before, patch);
    // What this form changed is a new revision for whoever has typed over an older one elsewhere.
    const was = controlsOf(before.answers);
    const changed = Object.entries(controlsOf(patch)).filter(([control, value]) => was[control] !== value);
    const fields = changed.map(([control, value]) => [evaluationField(args.turnNumber, control), value]);
    await writeFields(ctx, tx, args.assignmentId, Object.fromEntries(fields));
    return {
      missing: missingAnswers(after, columnIds, session.settings.rationaleMinWords),
      savedAtMs: ctx.now(),
      nextTurnNumber: args.turnNumber < session.settings.horizon ? args.turnNumber + 1 : null,
    };
  });
}
