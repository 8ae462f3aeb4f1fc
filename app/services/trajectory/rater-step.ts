import type { Tx } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { Phase } from "../../domain/phase.ts";
import { assertPhase, type LoadedSession, loadSession, lockSession } from "../assignment/load-session.ts";
import { extendLease, renewLease } from "../assignment/renew-lease.ts";
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
  const { status, leaseExpiresAtMs, remindAtMs } = session.assignment;
  Object.assign(session.header, { assignmentStatus: status, leaseExpiresAtMs, remindAtMs });
  return session;
}

/**
 * For writing use cases: one idempotent transaction on the rater's own, locked, live session, which must stand in one
 * of `phases`. The lease is renewed by the same write; one that ran out is revived while there is a place.
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
    /** The reply when the step turns out to be done already; null when it is not. */
    already?: (session: LoadedSession) => R | null;
  },
  effect: (tx: Tx, session: LoadedSession) => Promise<R>,
): Promise<R> {
  assertCapability(actor, "rate");
  const attempt = () => submitInside(ctx, actor, step, effect);
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== "ASSIGNMENT_NOT_LIVE") throw error;
    // The lease may have run out while the rater was thinking: if there is a place, the step still counts.
    const { assignment } = await openSession(ctx, actor, step.assignmentId);
    if (assignment.status !== "active") throw error;
    return attempt();
  }
}

function submitInside<R>(
  ctx: ServiceContext,
  actor: Actor,
  step: Parameters<typeof submitStep<R>>[2],
  effect: (tx: Tx, session: LoadedSession) => Promise<R>,
): Promise<R> {
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
      const done = step.already?.(session) ?? null;
      if (done !== null) return done;
      assertPhase(session, ...step.phases);
      await extendLease(ctx, tx, session);
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
