import { and, eq, lt } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { isLive, transitionAssignment } from "../../domain/assignment.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { findPlace } from "./find-place.ts";
import type { LoadedSession } from "./load-session.ts";

/** A lease is written again at most this often: reads must stay reads. */
const RENEW_EVERY_MS = 60_000;

/**
 * Any request of the rater renews the lease: nobody who is working is thrown out. One whose lease ran out gets the
 * assignment back while the study has a free place for them.
 */
export async function renewLease(ctx: ServiceContext, session: LoadedSession): Promise<void> {
  const { assignment } = session;
  if (isLive(assignment.status)) {
    if (isDue(ctx, session)) await ctx.store.tx((tx) => extendLease(ctx, tx, session));
  } else if (assignment.status === "expired") {
    await revive(ctx, session);
  }
}

function leaseEnd(ctx: ServiceContext, { settings }: LoadedSession): number {
  return ctx.now() + settings.leaseMinutes * 60_000;
}

function isDue(ctx: ServiceContext, session: LoadedSession): boolean {
  return session.assignment.leaseExpiresAtMs <= leaseEnd(ctx, session) - RENEW_EVERY_MS;
}

/** Renews the lease of a live assignment, in a transaction that writes anyway. */
export async function extendLease(ctx: ServiceContext, tx: Tx, session: LoadedSession): Promise<void> {
  if (!isDue(ctx, session)) return;
  const { assignments } = ctx.store.t;
  const leaseExpiresAtMs = leaseEnd(ctx, session);
  await tx
    .update(assignments)
    .set({ leaseExpiresAtMs, updatedAtMs: ctx.now() })
    .where(
      and(
        eq(assignments.id, session.assignment.id),
        eq(assignments.status, session.assignment.status),
        lt(assignments.leaseExpiresAtMs, leaseExpiresAtMs),
      ),
    );
}

async function revive(ctx: ServiceContext, session: LoadedSession): Promise<void> {
  const { assignment } = session;
  const move = transitionAssignment(assignment.status, { type: "revive" });
  if (move.kind === "refused") return;
  const leaseExpiresAtMs = leaseEnd(ctx, session);
  const { assignments } = ctx.store.t;
  const revived = await ctx.store
    .tx(async (tx) => {
      const place = await findPlace(ctx, tx, assignment);
      if (place.kind === "taken") return false;
      const rows = await tx
        .update(assignments)
        .set({ status: move.to, leaseExpiresAtMs, updatedAtMs: ctx.now() })
        .where(and(eq(assignments.id, assignment.id), eq(assignments.status, assignment.status)))
        .returning({ id: assignments.id });
      if (rows.length === 0) return false;
      await recordEvent(ctx, tx, {
        type: "assignment.revived",
        studyId: assignment.studyId,
        raterId: assignment.raterId,
        assignmentId: assignment.id,
      });
      return true;
    })
    .catch((error: unknown) => {
      // No place: the work stays as it is, and the pages say that the task has expired.
      if (error instanceof RequestError) return false;
      throw error;
    });
  if (revived) {
    assignment.status = move.to;
    assignment.leaseExpiresAtMs = leaseExpiresAtMs;
  }
}
