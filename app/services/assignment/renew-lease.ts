import { and, eq, lt } from "drizzle-orm";
import { isLive } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { countHolders } from "./count-places.ts";
import type { LoadedSession } from "./load-session.ts";

/** A lease is written again at most this often: reads must stay reads. */
const RENEW_EVERY_MS = 60_000;

/**
 * Any request of the rater renews the lease: nobody who is working is thrown out. One whose lease ran out gets the
 * assignment back while the study has a free place.
 */
export async function renewLease(ctx: ServiceContext, session: LoadedSession): Promise<void> {
  const { assignment, settings } = session;
  const { assignments } = ctx.store.t;
  const now = ctx.now();
  const leaseExpiresAtMs = now + settings.leaseMinutes * 60_000;
  if (isLive(assignment.status)) {
    if (assignment.leaseExpiresAtMs > leaseExpiresAtMs - RENEW_EVERY_MS) return;
    await ctx.store.tx(async (tx) => {
      await tx
        .update(assignments)
        .set({ leaseExpiresAtMs, updatedAtMs: now })
        .where(
          and(
            eq(assignments.id, assignment.id),
            eq(assignments.status, assignment.status),
            lt(assignments.leaseExpiresAtMs, leaseExpiresAtMs),
          ),
        );
    });
    return;
  }
  if (assignment.status !== "expired") return;
  const revived = await ctx.store.tx(async (tx) => {
    const holders = await countHolders(ctx, tx, assignment.studyId, { lock: true });
    if (holders.total >= settings.targetTrajectories || holders.live.has(assignment.raterId)) return false;
    const rows = await tx
      .update(assignments)
      .set({ status: "active", leaseExpiresAtMs, updatedAtMs: now })
      .where(and(eq(assignments.id, assignment.id), eq(assignments.status, "expired")))
      .returning({ id: assignments.id });
    if (rows.length === 0) return false;
    await recordEvent(ctx, tx, {
      type: "assignment.revived",
      studyId: assignment.studyId,
      raterId: assignment.raterId,
      assignmentId: assignment.id,
    });
    return true;
  });
  if (revived) {
    assignment.status = "active";
    assignment.leaseExpiresAtMs = leaseExpiresAtMs;
  }
}
