import { and, count, eq, inArray, lt } from "drizzle-orm";
import { LEASED_STATUSES } from "../../domain/assignment.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

/**
 * Places of a study that are held now, for pages: a lease that ran out holds none, even before it is swept. Claims do
 * not use it; they expire the lapsed leases first and read the study's own counter under its lock.
 */
export async function countHeldPlaces(
  ctx: ServiceContext,
  reader: AnyReader,
  study: { id: string; placesHeld: number },
): Promise<number> {
  const { assignments } = ctx.store.t;
  const [lapsed] = await reader
    .select({ n: count().mapWith(Number) })
    .from(assignments)
    .where(
      and(
        eq(assignments.studyId, study.id),
        inArray(assignments.status, [...LEASED_STATUSES]),
        lt(assignments.leaseExpiresAtMs, ctx.now()),
      ),
    );
  return study.placesHeld - (lapsed?.n ?? 0);
}
