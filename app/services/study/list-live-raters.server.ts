import { and, desc, eq, inArray } from "drizzle-orm";
import { LIVE_STATUSES } from "../../domain/assignment.ts";
import type { LiveRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { latestTurns } from "../trajectory/latest-turns.ts";

const LIVE_ROWS_MAX = 50;

/** Who is in a study now, last seen first; at most 50. Names only for those who may know them. */
export async function listLiveRaters(
  ctx: ServiceContext,
  args: { studyId: string; withNames: boolean },
): Promise<LiveRow[]> {
  const { assignments, trajectories, raters, user } = ctx.store.t;
  const rows = await ctx.store.read
    .select({
      assignmentId: assignments.id,
      trajectoryId: trajectories.id,
      raterId: assignments.raterId,
      name: user.name,
      phase: trajectories.phase,
      startedAtMs: assignments.startedAtMs,
      lastSeenAtMs: assignments.updatedAtMs,
      leaseExpiresAtMs: assignments.leaseExpiresAtMs,
    })
    .from(assignments)
    .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .innerJoin(raters, eq(raters.id, assignments.raterId))
    .leftJoin(user, eq(user.id, raters.userId))
    .where(and(eq(assignments.studyId, args.studyId), inArray(assignments.status, [...LIVE_STATUSES])))
    .orderBy(desc(assignments.updatedAtMs), desc(assignments.id))
    .limit(LIVE_ROWS_MAX);
  const turns = await latestTurns(
    ctx,
    rows.map((r) => r.trajectoryId),
  );
  return rows.map(({ name, ...row }) => ({
    ...row,
    raterName: (args.withNames ? name : null) ?? row.raterId,
    chosenTurns: turns.get(row.trajectoryId)?.chosen ?? 0,
    turnStatus: turns.get(row.trajectoryId)?.latest ?? null,
  }));
}
