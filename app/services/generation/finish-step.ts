import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { retryDelayMs, transitionStep, transitionTurn } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { type ClaimedStep, MAX_STEP_ATTEMPTS } from "./claim-steps.server.ts";

const MAX_ERROR_CHARACTERS = 500;

/**
 * Marks a claimed step as done. False when the lease was lost meanwhile: then nothing of the result may be saved,
 * because another worker owns the step.
 */
export async function completeStep(ctx: ServiceContext, tx: Tx, step: ClaimedStep): Promise<boolean> {
  const { generationSteps: steps } = ctx.store.t;
  const rows = await tx
    .update(steps)
    .set({ status: "done", finishedAtMs: ctx.now(), leaseOwner: null, leaseExpiresAtMs: null, error: null })
    .where(and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken), eq(steps.status, "running")))
    .returning({ id: steps.id });
  return rows.length > 0;
}

/** Records a failed attempt: tried again later, or, after the last attempt, the turn fails. */
export async function failStep(ctx: ServiceContext, step: ClaimedStep, error: unknown): Promise<void> {
  const { generationSteps: steps, turns, trajectories } = ctx.store.t;
  const message = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
    0,
    MAX_ERROR_CHARACTERS,
  );
  const status =
    transitionStep("running", { type: "fail", attempts: step.attempts, maxAttempts: MAX_STEP_ATTEMPTS }) ??
    "failed";
  const now = ctx.now();
  await ctx.store.tx(async (tx) => {
    const rows = await tx
      .update(steps)
      .set({
        status,
        error: message,
        finishedAtMs: now,
        runAfterMs: now + retryDelayMs(step.attempts, (ctx.newSeed() % 1000) / 1000),
        leaseOwner: null,
        leaseExpiresAtMs: null,
      })
      .where(and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken), eq(steps.status, "running")))
      .returning({ id: steps.id });
    if (rows.length === 0 || status !== "failed") return;
    const [turn] = await tx.forUpdate(tx.select().from(turns).where(eq(turns.id, step.turnId)));
    const turnStatus = turn && transitionTurn(turn.status, { type: "fail" });
    if (!turn || !turnStatus) return;
    await tx.update(turns).set({ status: turnStatus, failure: message }).where(eq(turns.id, turn.id));
    const [trajectory] = await tx.select().from(trajectories).where(eq(trajectories.id, turn.trajectoryId));
    await recordEvent(ctx, tx, {
      type: "turn.failed",
      studyId: trajectory?.studyId,
      raterId: trajectory?.raterId,
      assignmentId: trajectory?.assignmentId,
      trajectoryId: turn.trajectoryId,
      turnId: turn.id,
      data: { step: step.kind, error: message },
    });
  });
  ctx.log.warn(
    { step: step.id, kind: step.kind, attempts: step.attempts, err: message },
    "a generation step failed",
  );
}
