import type { Actor } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";
import { restartTurn } from "../generation/restart-turn.ts";
import { loadTurn } from "./load-turn.ts";
import { sessionEvent, submitStep } from "./rater-step.ts";

/** Tries a failed turn again, keeping every image that is already there. A turn that did not fail is left alone. */
export async function retryTurn(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number; submissionId: string },
): Promise<{ retried: boolean }> {
  const result = await submitStep(
    ctx,
    actor,
    {
      useCase: "retry-turn",
      assignmentId: args.assignmentId,
      submissionId: args.submissionId,
      phases: ["interaction"],
      body: { turnNumber: args.turnNumber },
    },
    async (tx, session) => {
      const turn = await loadTurn(ctx, tx, session, args.turnNumber);
      if (!(await restartTurn(ctx, tx, turn.id, session.settings))) return { retried: false };
      await sessionEvent(ctx, tx, session, { type: "turn.retried", turnId: turn.id });
      return { retried: true };
    },
  );
  ctx.wakeWorker();
  return result;
}
