import { and, count, eq, exists, gte, inArray, lt, not, or, type SQL } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import { notFound } from "../../domain/errors.ts";
import type { Phase } from "../../domain/phase.ts";
import type { Page, WorkRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import {
  afterCursor,
  afterCursorUpwards,
  cutPage,
  newestFirst,
  oldestFirst,
  pageSize,
} from "../dataset/keyset.ts";
import { latestTurns } from "../trajectory/latest-turns.ts";
import { loadWorkTimes } from "./load-work-times.ts";

/** Not seen for so long, somebody at work counts as idle; images that take longer count as stuck. */
const PATIENCE_MS = 10 * 60_000;

export interface WorkFilter {
  status?: AssignmentStatus;
  phase?: Phase;
  raterId?: string;
  attention?: "stuck" | "idle";
}

export interface ListWorkArgs {
  studyId: string;
  filter?: WorkFilter;
  /** Only these, whatever their place in the list. */
  assignmentIds?: readonly string[];
  cursor?: string | null;
  limit?: number;
}

/**
 * The assignments of a study for who looks after them: the latest first; work that waits for review, the oldest first.
 * Throws NOT_FOUND for a study that does not exist.
 */
export async function listWork(
  ctx: ServiceContext,
  actor: Actor,
  args: ListWorkArgs,
): Promise<Page<WorkRow>> {
  assertCapability(actor, "study.manage");
  const { assignments, trajectories, raters, user, studies } = ctx.store.t;
  const [study] = await ctx.store.read
    .select({ id: studies.id })
    .from(studies)
    .where(eq(studies.id, args.studyId));
  if (!study) throw notFound("study");
  const limit = pageSize(args.limit);
  const queue = args.filter?.status === "submitted";
  const time = queue ? assignments.submittedAtMs : assignments.startedAtMs;
  const after = queue ? afterCursorUpwards : afterCursor;
  const matching = conditions(ctx, args);
  const [found, total] = await Promise.all([
    ctx.store.read
      .select({
        assignmentId: assignments.id,
        trajectoryId: trajectories.id,
        raterId: assignments.raterId,
        name: user.name,
        status: assignments.status,
        phase: trajectories.phase,
        startedAtMs: assignments.startedAtMs,
        lastSeenAtMs: assignments.updatedAtMs,
        leaseExpiresAtMs: assignments.leaseExpiresAtMs,
        submittedAtMs: assignments.submittedAtMs,
        reviewNote: assignments.reviewNote,
      })
      .from(assignments)
      .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
      .innerJoin(raters, eq(raters.id, assignments.raterId))
      .leftJoin(user, eq(user.id, raters.userId))
      .where(and(matching, after(args.cursor, time, assignments.id)))
      .orderBy(...(queue ? oldestFirst : newestFirst)(time, assignments.id))
      .limit(limit + 1),
    ctx.store.read
      .select({ n: count() })
      .from(assignments)
      .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
      .where(matching),
  ]);
  const { rows, nextCursor } = cutPage(found, limit, (row) => ({
    ms: (queue ? row.submittedAtMs : null) ?? row.startedAtMs,
    id: row.assignmentId,
  }));
  const [turns, times, stuck] = await Promise.all([
    latestTurns(
      ctx,
      rows.map((r) => r.trajectoryId),
    ),
    loadWorkTimes(
      ctx,
      ctx.store.read,
      rows.map((r) => r.assignmentId),
    ),
    stuckOf(
      ctx,
      rows.map((r) => r.assignmentId),
    ),
  ]);
  return {
    nextCursor,
    total: total[0]?.n ?? 0,
    rows: rows.map(({ name, ...row }) => ({
      ...row,
      raterName: name ?? row.raterId,
      chosenTurns: turns.get(row.trajectoryId)?.chosen ?? 0,
      activeMs: times.get(row.assignmentId)?.activeMs ?? null,
      attention: stuck.has(row.assignmentId) ? "stuck" : isIdle(row, ctx.now()) ? "idle" : null,
    })),
  };
}

function isIdle(row: { status: AssignmentStatus; lastSeenAtMs: number }, nowMs: number): boolean {
  return row.status === "active" && row.lastSeenAtMs < nowMs - PATIENCE_MS;
}

function conditions(
  ctx: ServiceContext,
  { studyId, filter = {}, assignmentIds }: ListWorkArgs,
): SQL | undefined {
  const { assignments, trajectories } = ctx.store.t;
  return and(
    eq(assignments.studyId, studyId),
    assignmentIds ? inArray(assignments.id, [...assignmentIds]) : undefined,
    filter.status ? eq(assignments.status, filter.status) : undefined,
    filter.phase ? eq(trajectories.phase, filter.phase) : undefined,
    filter.raterId ? eq(assignments.raterId, filter.raterId) : undefined,
    filter.attention === "stuck" ? isStuck(ctx) : undefined,
    filter.attention === "idle"
      ? and(
          eq(assignments.status, "active"),
          lt(assignments.updatedAtMs, ctx.now() - PATIENCE_MS),
          not(isStuck(ctx) as SQL),
        )
      : undefined,
  );
}

/** At work, with a turn that failed or that has been waiting for its images too long. */
function isStuck(ctx: ServiceContext): SQL | undefined {
  const { assignments, trajectories, turns } = ctx.store.t;
  return and(
    eq(assignments.status, "active"),
    exists(
      ctx.store.read
        .select({ id: turns.id })
        .from(turns)
        .where(
          and(
            eq(turns.trajectoryId, trajectories.id),
            or(
              eq(turns.status, "failed"),
              and(
                inArray(turns.status, ["proposing", "rendering"]),
                not(gte(turns.requestedAtMs, ctx.now() - PATIENCE_MS)),
              ),
            ),
          ),
        ),
    ),
  );
}

async function stuckOf(ctx: ServiceContext, assignmentIds: string[]): Promise<Set<string>> {
  if (assignmentIds.length === 0) return new Set();
  const { assignments, trajectories } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: assignments.id })
    .from(assignments)
    .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .where(and(inArray(assignments.id, assignmentIds), isStuck(ctx)));
  return new Set(rows.map((r) => r.id));
}
