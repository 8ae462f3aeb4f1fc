import { and, eq, inArray, lt } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { LIVE_STATUSES } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

/** Frees the places of leases that ran out, of one study or of all; the work is kept. Returns how many. */
export async function expireLapsed(ctx: ServiceContext, tx: Tx, studyId?: string): Promise<number> {
  const { assignments } = ctx.store.t;
  const now = ctx.now();
  const expired = await tx
    .update(assignments)
    .set({ status: "expired", updatedAtMs: now })
    .where(
      and(
        studyId === undefined ? undefined : eq(assignments.studyId, studyId),
        inArray(assignments.status, [...LIVE_STATUSES]),
        lt(assignments.leaseExpiresAtMs, now),
      ),
    )
    .returning({ id: assignments.id, raterId: assignments.raterId, studyId: assignments.studyId });
  for (const row of expired) {
    await recordEvent(ctx, tx, {
      type: "assignment.expired",
      studyId: row.studyId,
      raterId: row.raterId,
      assignmentId: row.id,
    });
  }
  return expired.length;
}
