import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { answerCount } from "../../domain/evaluation.ts";
import type { ReviewView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";
import { loadEvaluation } from "./load-evaluation.ts";

/** All answers on one page, with what is missing. */
export async function getReview(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<ReviewView> {
  const session = await openSession(ctx, actor, args.assignmentId);
  if (session.trajectory.phase !== "evaluation" && session.trajectory.phase !== "done") {
    throw new RequestError("WRONG_PHASE", "The evaluation begins after the last turn.");
  }
  const evaluated = await loadEvaluation(ctx, ctx.store.read, session);
  return {
    ...session.header,
    turns: evaluated.map((turn) => ({
      turnNumber: turn.turnIndex + 1,
      chosenColumn: turn.columns.find((c) => c.columnId === turn.chosenColumnId) ?? {
        columnId: turn.chosenColumnId,
        label: "",
        images: [],
      },
      answers: turn.answers,
      missing: turn.missing,
    })),
    missingCount: evaluated.reduce((n, turn) => n + turn.missing.length, 0),
    answerCount: answerCount(session.settings.horizon, session.settings.columnCount),
  };
}
