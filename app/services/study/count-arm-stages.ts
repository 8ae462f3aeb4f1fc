import { and, count, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { COMPLETED_STATUSES, LIVE_STATUSES } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";

/** Counted once by trajectories, once by independent units: raters where arms are given to raters. */
export interface Counted {
  trajectories: number;
  units: number;
}
export interface ArmStageCounts {
  armId: string;
  assigned: number;
  live: number;
  completed: Counted;
  /** Of trajectories that ended, how many reached each stage: prompt, turns 1…H, evaluation, handed in. */
  stages: Counted[];
}

/** How far the trajectories of each arm got, over all versions of a study. */
export async function countArmStages(
  ctx: ServiceContext,
  args: { studyId: string; horizon: number; unit: "trajectory" | "rater" },
): Promise<ArmStageCounts[]> {
  const { trajectories, assignments, turnEvaluations } = ctx.store.t;
  const { read } = ctx.store;
  const inStudy = eq(trajectories.studyId, args.studyId);
  const evaluated = read
    .selectDistinct({ evaluatedId: sql<string>`${trajectories.id}`.as("evaluated_id") })
    .from(trajectories)
    .innerJoin(turnEvaluations, eq(turnEvaluations.trajectoryId, trajectories.id))
    .where(inStudy)
    .as("evaluated");
  const unit = args.unit === "rater" ? trajectories.raterId : trajectories.id;
  const isLive = sql`${assignments.status} in ${[...LIVE_STATUSES]}`;
  const isCompleted = sql`${assignments.status} in ${[...COMPLETED_STATUSES]}`;
  const reached = [
    sql`1 = 1`,
    ...Array.from({ length: args.horizon }, (_, i) => sql`${trajectories.chosenTurns} >= ${i + 1}`),
    sql`${evaluated.evaluatedId} is not null`,
    sql`${trajectories.completedAtMs} is not null`,
  ].map((stage) => sql`not (${isLive}) and ${stage}`);
  const rows = await read
    .select({
      armId: trajectories.armId,
      assigned: count(),
      live: howMany(isLive, trajectories.id),
      completed: howMany(isCompleted, trajectories.id),
      completedUnits: howMany(isCompleted, unit),
      ...Object.fromEntries(
        reached.flatMap((stage, i) => [
          [`stage${i}`, howMany(stage, trajectories.id)],
          [`units${i}`, howMany(stage, unit)],
        ]),
      ),
    })
    .from(trajectories)
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .leftJoin(evaluated, eq(evaluated.evaluatedId, trajectories.id))
    .where(and(inStudy, isNotNull(trajectories.armId)))
    .groupBy(trajectories.armId);
  return rows.map((row) => {
    const figures = row as unknown as Record<string, number>;
    return {
      armId: row.armId as string,
      assigned: row.assigned,
      live: row.live,
      completed: { trajectories: row.completed, units: row.completedUnits },
      stages: reached.map((_, i) => ({
        trajectories: figures[`stage${i}`] ?? 0,
        units: figures[`units${i}`] ?? 0,
      })),
    };
  });
}

/** Distinct values of `what` where `condition` holds. */
function howMany(condition: SQL, what: SQL | { getSQL(): SQL }): SQL<number> {
  return sql<number>`count(distinct case when ${condition} then ${what} end)`.mapWith(Number);
}
