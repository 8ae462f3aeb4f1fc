import type { Tx } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { Phase } from "../../domain/phase.ts";
import { assertPhase, type LoadedSession, loadSession, lockSession } from "../assignment/load-session.ts";
import { renewLease } from "../assignment/renew-lease.ts";
import type { ServiceContext } from "../context.ts";
import { type NewEvent, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

/** For reading use cases: the rater's own session, lease renewed. */
export async function openSession(
  ctx: ServiceContext,
  actor: Actor,
  assignmentId: string,
): Promise<LoadedSession> {
  assertCapability(actor, "rate");
  const session = await loadSession(ctx, ctx.store.read, actor, assignmentId);
  await renewLease(ctx, session);
  return session;
}

/**
 * For writing use cases: one idempotent transaction on the rater's own, locked, live session, which must stand in one
 * of `phases`. The lease is renewed by the same write.
 */
export async function submitStep<R>(
  ctx: ServiceContext,
  actor: Actor,
  step: {
    useCase: string;
    assignmentId: string;
    submissionId: string;
    phases: Phase[];
    body: Record<string, unknown>;
  },
  effect: (tx: Tx, session: LoadedSession) => Promise<R>,
): Promise<R> {
  assertCapability(actor, "rate");
  return submitOnce(
    ctx,
    {
      actorId: actor.userId,
      submissionId: step.submissionId,
      useCase: step.useCase,
      body: { assignmentId: step.assignmentId, ...step.body },
    },
    async (tx) => {
      const session = await lockSession(ctx, tx, actor, step.assignmentId);
      assertPhase(session, ...step.phases);
      return effect(tx, session);
    },
  );
}

/** An event of this session. */
export function sessionEvent(
  ctx: ServiceContext,
  tx: Tx,
  { assignment, trajectory }: LoadedSession,
  event: Pick<NewEvent, "type" | "turnId" | "data">,
): Promise<void> {
  return recordEvent(ctx, tx, {
    ...event,
    studyId: assignment.studyId,
    raterId: assignment.raterId,
    assignmentId: assignment.id,
    trajectoryId: trajectory.id,
  });
}
