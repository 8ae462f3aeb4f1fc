import { and, eq, lt } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { transitionAssignment } from "../../domain/assignment.ts";
import { renewedLease } from "../../domain/lease.ts";
import type { ServiceContext } from "../context.ts";
import { findPlace } from "./find-place.ts";
import type { LoadedSession } from "./load-session.ts";
import { moveAssignment } from "./move-assignment.ts";

/** A lease is written again at most this often: reads must stay reads. */
export const RENEW_EVERY_MS = 60_000;

/**
 * Any request of the rater renews the lease: nobody who is working is thrown out. One whose lease ran out gets the
 * assignment back while the study has a free place for them, unless the study keeps expired work closed.
 */
export async function renewLease(ctx: ServiceContext, session: LoadedSession): Promise<void> {
  const { status } = session.assignment;
  if (status === "active") {
    if (isDue(ctx, session)) await ctx.store.tx((tx) => extendLease(ctx, tx, session));
  } else if (status === "expired" && session.settings.expiryPolicy === "revive") {
    await revive(ctx, session);
  }
}

function isDue(ctx: ServiceContext, { assignment, settings }: LoadedSession): boolean {
  const { leaseExpiresAtMs } = renewedLease(settings, ctx.now());
  return assignment.leaseExpiresAtMs <= leaseExpiresAtMs - RENEW_EVERY_MS;
}

/** Renews the lease of an active assignment, in a transaction that writes anyway. Never shortens a longer one. */
export async function extendLease(ctx: ServiceContext, tx: Tx, session: LoadedSession): Promise<void> {
  if (!isDue(ctx, session)) return;
  const { assignments } = ctx.store.t;
  const lease = renewedLease(session.settings, ctx.now());
  const renewed = await tx
    .update(assignments)
    .set({ ...lease, updatedAtMs: ctx.now() })
    .where(
      and(
        eq(assignments.id, session.assignment.id),
        eq(assignments.status, "active"),
        lt(assignments.leaseExpiresAtMs, lease.leaseExpiresAtMs),
      ),
    )
    .returning({ id: assignments.id });
  if (renewed.length > 0) Object.assign(session.assignment, lease);
}

async function revive(ctx: ServiceContext, session: LoadedSession): Promise<void> {
  const { assignment } = session;
  const move = transitionAssignment(assignment.status, { type: "revive" });
  if (move.kind === "refused") return;
  const lease = renewedLease(session.settings, ctx.now());
  const revived = await ctx.store.tx(async (tx) => {
    const { assignments } = ctx.store.t;
    await tx.forUpdate(
      tx.select({ id: assignments.id }).from(assignments).where(eq(assignments.id, assignment.id)),
    );
    const place = await findPlace(ctx, tx, { ...assignment, purpose: "revive" });
    // No place: the work stays as it is, and the pages say that the task has expired.
    if (place.kind !== "free") return null;
    return moveAssignment(ctx, tx, assignment, {
      event: "revive",
      eventType: "assignment.revived",
      set: lease,
    });
  });
  if (revived) Object.assign(assignment, lease, { status: revived });
}
