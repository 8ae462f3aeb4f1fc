import { and, count, eq, inArray, isNotNull, or } from "drizzle-orm";
import { byLetter } from "../../domain/arm-mask.ts";
import { COMPLETED_STATUSES, LIVE_STATUSES } from "../../domain/assignment.ts";
import type { ArmProgress } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import type { ArmMask } from "./load-arm-mask.ts";

/**
 * Progress per arm: every arm of the current version, and those of earlier versions that were ever assigned. Arms are
 * named by `mask` and sorted by letter, since the order of their keys would give them away.
 */
export async function countArms(
  ctx: ServiceContext,
  args: { studyId: string; version: number; mask: ArmMask },
): Promise<ArmProgress[]> {
  const { arms, trajectories, assignments } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ armId: trajectories.armId, status: assignments.status, n: count() })
    .from(trajectories)
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .where(and(eq(trajectories.studyId, args.studyId), isNotNull(trajectories.armId)))
    .groupBy(trajectories.armId, assignments.status);
  const assignedIds = [...new Set(rows.flatMap((r) => (r.armId === null ? [] : [r.armId])))];
  const list = await ctx.store.read
    .select()
    .from(arms)
    .where(
      and(
        eq(arms.studyId, args.studyId),
        or(
          eq(arms.studyVersion, args.version),
          assignedIds.length > 0 ? inArray(arms.id, assignedIds) : undefined,
        ),
      ),
    );
  const sum = (armId: string, statuses?: readonly string[]) =>
    rows
      .filter((r) => r.armId === armId && (!statuses || statuses.includes(r.status)))
      .reduce((n, r) => n + r.n, 0);
  const sorted = list
    .map((arm) => ({ ...arm, letter: args.mask.letterOf(arm.armKey) }))
    .sort((a, b) => b.studyVersion - a.studyVersion || byLetter(a, b));
  return sorted.map((arm) => ({
    armId: arm.id,
    letter: arm.letter,
    label:
      args.mask.nameOf(arm) + (arm.studyVersion === args.version ? "" : ` (version ${arm.studyVersion})`),
    status: arm.studyVersion === args.version ? arm.status : null,
    weight: arm.weight,
    assigned: sum(arm.id),
    live: sum(arm.id, LIVE_STATUSES),
    completed: sum(arm.id, COMPLETED_STATUSES),
  }));
}
