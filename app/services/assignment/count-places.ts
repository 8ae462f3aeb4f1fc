import { and, count, eq, inArray, lt } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { LIVE_STATUSES, PLACE_HOLDING_STATUSES } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

/** Who holds a place of a study: completed + live (method, section 1). */
export interface Holders {
  total: number;
  /** Raters with a live assignment. */
  live: Set<string>;
}

/**
 * Counts holders after freeing the places of leases that ran out (their work is kept). With `lock`, the study row is
 * locked until the transaction ends, so that a place is never given twice.
 */
export async function countHolders(
  ctx: ServiceContext,
  tx: Tx,
  studyId: string,
  { lock }: { lock: boolean },
): Promise<Holders> {
  const { studies, assignments } = ctx.store.t;
  if (lock) await tx.forUpdate(tx.select({ id: studies.id }).from(studies).where(eq(studies.id, studyId)));
  const now = ctx.now();
  const expired = await tx
    .update(assignments)
    .set({ status: "expired", updatedAtMs: now })
    .where(
      and(
        eq(assignments.studyId, studyId),
        inArray(assignments.status, [...LIVE_STATUSES]),
        lt(assignments.leaseExpiresAtMs, now),
      ),
    )
    .returning({ id: assignments.id, raterId: assignments.raterId });
  for (const row of expired) {
    await recordEvent(ctx, tx, {
      type: "assignment.expired",
      studyId,
      raterId: row.raterId,
      assignmentId: row.id,
    });
  }
  const [held] = await tx
    .select({ n: count().mapWith(Number) })
    .from(assignments)
    .where(and(eq(assignments.studyId, studyId), inArray(assignments.status, [...PLACE_HOLDING_STATUSES])));
  const live = await tx
    .select({ raterId: assignments.raterId })
    .from(assignments)
    .where(and(eq(assignments.studyId, studyId), inArray(assignments.status, [...LIVE_STATUSES])));
  return { total: held?.n ?? 0, live: new Set(live.map((r) => r.raterId)) };
}
