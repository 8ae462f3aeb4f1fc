import { and, count, eq, inArray, type SQL } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import type { Page, TrajectoryRow } from "../../domain/staff-views.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { loadArmMask } from "../study/load-arm-mask.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "./keyset.ts";

export interface TrajectoryFilter {
  status?: AssignmentStatus;
  armId?: string;
  raterId?: string;
  source?: Source;
}
export interface ListTrajectoriesArgs {
  studyId: string;
  filter?: TrajectoryFilter;
  cursor?: string | null;
  limit?: number;
}

/** The trajectories of a study, latest first, complete or not. */
export async function listTrajectories(
  ctx: ServiceContext,
  actor: Actor,
  args: ListTrajectoriesArgs,
): Promise<Page<TrajectoryRow>> {
  assertCapability(actor, "trajectory.replay");
  const { trajectories, assignments, arms } = ctx.store.t;
  const limit = pageSize(args.limit);
  const matching = conditions(ctx, args);
  const mask = await loadArmMask(ctx, ctx.store.read, actor, args.studyId);
  const [rows, total] = await Promise.all([
    ctx.store.read
      .select({
        trajectoryId: trajectories.id,
        studyId: trajectories.studyId,
        raterId: trajectories.raterId,
        source: trajectories.source,
        armKey: arms.armKey,
        armLabel: arms.label,
        initialPrompt: trajectories.initialPrompt,
        phase: trajectories.phase,
        status: assignments.status,
        startedAtMs: trajectories.startedAtMs,
        completedAtMs: trajectories.completedAtMs,
      })
      .from(trajectories)
      .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
      .leftJoin(arms, eq(arms.id, trajectories.armId))
      .where(and(matching, afterCursor(args.cursor, trajectories.startedAtMs, trajectories.id)))
      .orderBy(...newestFirst(trajectories.startedAtMs, trajectories.id))
      .limit(limit + 1),
    ctx.store.read
      .select({ n: count() })
      .from(trajectories)
      .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
      .where(matching),
  ]);
  const page = cutPage(rows, limit, (r) => ({ ms: r.startedAtMs, id: r.trajectoryId }));
  const chosen = await countChoices(
    ctx,
    page.rows.map((r) => r.trajectoryId),
  );
  return {
    nextCursor: page.nextCursor,
    total: total[0]?.n ?? 0,
    rows: page.rows.map(({ armKey, ...row }) => ({
      ...row,
      armLabel: armKey && row.armLabel ? mask.nameOf({ armKey, label: row.armLabel }) : null,
      chosenTurns: chosen.get(row.trajectoryId) ?? 0,
    })),
  };
}

function conditions(ctx: ServiceContext, { studyId, filter = {} }: ListTrajectoriesArgs): SQL | undefined {
  const { trajectories, assignments } = ctx.store.t;
  return and(
    eq(trajectories.studyId, studyId),
    filter.status ? eq(assignments.status, filter.status) : undefined,
    filter.armId ? eq(trajectories.armId, filter.armId) : undefined,
    filter.raterId ? eq(trajectories.raterId, filter.raterId) : undefined,
    filter.source ? eq(trajectories.source, filter.source) : undefined,
  );
}

async function countChoices(ctx: ServiceContext, trajectoryIds: string[]): Promise<Map<string, number>> {
  if (trajectoryIds.length === 0) return new Map();
  const { choices } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ trajectoryId: choices.trajectoryId, n: count() })
    .from(choices)
    .where(inArray(choices.trajectoryId, trajectoryIds))
    .groupBy(choices.trajectoryId);
  return new Map(rows.map((r) => [r.trajectoryId, r.n]));
}
