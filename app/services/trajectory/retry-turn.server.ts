import { and, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { transitionStep, transitionTurn } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
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
      const { turns, slates, generationSteps } = ctx.store.t;
      const hasSlate = (await tx.$count(slates, eq(slates.turnId, turn.id))) > 0;
      const status = transitionTurn(turn.status, { type: "retry", hasSlate });
      const stepStatus = transitionStep("failed", { type: "retry" });
      if (status === null || stepStatus === null) return { retried: false };
      await tx
        .update(turns)
        .set({ status, failure: null })
        .where(and(eq(turns.id, turn.id), eq(turns.status, turn.status)));
      await tx
        .update(generationSteps)
        .set({ status: stepStatus, attempts: 0, runAfterMs: ctx.now(), error: null })
        .where(and(eq(generationSteps.turnId, turn.id), eq(generationSteps.status, "failed")));
      await sessionEvent(ctx, tx, session, { type: "turn.retried", turnId: turn.id });
      return { retried: true };
    },
  );
  ctx.wakeWorker();
  return result;
}
