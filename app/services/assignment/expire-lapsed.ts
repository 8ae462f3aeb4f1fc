import { and, eq, inArray, lt } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { LEASED_STATUSES } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { moveAssignment } from "./move-assignment.ts";

/**
 * Frees the places of leases of a study that ran out; the work is kept. Returns how many. One that somebody is changing
 * at this moment is left to them: waiting for it while holding the study could wait for ever.
 */
export async function expireLapsed(ctx: ServiceContext, tx: Tx, studyId: string): Promise<number> {
  const { assignments } = ctx.store.t;
  const lapsed = await tx.skipLocked(
    tx
      .select()
      .from(assignments)
      .where(
        and(
          eq(assignments.studyId, studyId),
          inArray(assignments.status, [...LEASED_STATUSES]),
          lt(assignments.leaseExpiresAtMs, ctx.now()),
        ),
      ),
  );
  let expired = 0;
  for (const assignment of lapsed) {
    const moved = await moveAssignment(ctx, tx, assignment, {
      event: "expire",
      eventType: assignment.status === "offered" ? "assignment.offer_lapsed" : "assignment.expired",
    });
    if (moved) expired += 1;
  }
  return expired;
}
