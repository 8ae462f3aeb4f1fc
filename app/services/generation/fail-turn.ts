import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { type StepStatus, type TurnFailure, transitionTurn } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

/** Steps that are running when a turn fails: for these reasons nobody waits for them any more. */
const STOPS_RUNNING: readonly TurnFailure[] = ["deadline", "cancelled"];

/**
 * Ends a turn that is being generated as failed, with the steps that nobody needs now. What is already paid for is let
 * finish where that makes sense: its images are kept for the next try. False when the turn was not being generated.
 */
export async function failTurn(
  ctx: ServiceContext,
  tx: Tx,
  turnId: string,
  why: { kind: TurnFailure; message: string; step?: string },
): Promise<boolean> {
  const { turns, generationSteps: steps, trajectories } = ctx.store.t;
  const [turn] = await tx.forUpdate(tx.select().from(turns).where(eq(turns.id, turnId)));
  const status = turn && transitionTurn(turn.status, { type: "fail" });
  if (!turn || !status) return false;
  await tx
    .update(turns)
    .set({ status, failureKind: why.kind, failure: why.message })
    .where(eq(turns.id, turnId));
  const stopped: StepStatus[] = STOPS_RUNNING.includes(why.kind) ? ["pending", "running"] : ["pending"];
  await tx
    .update(steps)
    .set({
      status: "cancelled",
      leaseOwner: null,
      leaseExpiresAtMs: null,
      finishedAtMs: ctx.now(),
    })
    .where(and(eq(steps.turnId, turnId), inArray(steps.status, stopped)));
  const [trajectory] = await tx.select().from(trajectories).where(eq(trajectories.id, turn.trajectoryId));
  await recordEvent(ctx, tx, {
    type: "turn.failed",
    studyId: trajectory?.studyId,
    raterId: trajectory?.raterId,
    assignmentId: trajectory?.assignmentId,
    trajectoryId: turn.trajectoryId,
    turnId,
    data: { kind: why.kind, ...(why.step ? { step: why.step } : {}), error: why.message },
  });
  return true;
}
