import type { Actor } from "../../domain/actor.ts";
import { evaluationField } from "../../domain/answer-field.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { asksVsPrevious } from "../../domain/evaluation.ts";
import type { EvaluationView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";
import { readFields } from "../trajectory/saved-fields.ts";
import { loadEvaluation } from "./load-evaluation.ts";

/** The evaluation page of one turn (paper B.2): the slate in its shown order, the choice, the answers so far. */
export async function getEvaluation(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number },
): Promise<EvaluationView> {
  const session = await openSession(ctx, actor, args.assignmentId);
  if (session.trajectory.phase !== "evaluation" && session.trajectory.phase !== "done") {
    throw new RequestError("WRONG_PHASE", "The evaluation begins after the last turn.");
  }
  const evaluated = await loadEvaluation(ctx, ctx.store.read, session);
  const turn = evaluated[args.turnNumber - 1];
  if (!turn) throw notFound("turn");
  const previous = asksVsPrevious(turn.turnIndex) ? evaluated[turn.turnIndex - 1] : undefined;
  const previousColumn = previous?.columns.find((c) => c.columnId === previous.chosenColumnId);
  return {
    ...session.header,
    turnNumber: args.turnNumber,
    columns: turn.columns,
    chosenColumnId: turn.chosenColumnId,
    critique: turn.critique,
    rationaleMinWords: session.settings.rationaleMinWords,
    answers: turn.answers,
    saved: await readFields(ctx, ctx.store.read, args.assignmentId, {
      prefix: evaluationField(args.turnNumber, ""),
    }),
    previousChosen:
      previous && previousColumn ? { turnNumber: previous.turnIndex + 1, column: previousColumn } : null,
    steps: evaluated.map((t) => ({ turnNumber: t.turnIndex + 1, missingCount: t.missing.length })),
  };
}
