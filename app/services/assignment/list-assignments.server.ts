import { and, eq, type SQL } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "../dataset/keyset.ts";

/** Pseudonymous: no name, no arm. */
export interface AssignmentRow {
  assignmentId: string;
  studyId: string;
  studyVersion: number;
  raterId: string;
  /** Null until the work has begun. */
  trajectoryId: string | null;
  status: AssignmentStatus;
  startedAtMs: number;
  updatedAtMs: number;
  leaseExpiresAtMs: number;
  submittedAtMs: number | null;
  /** What the coordinator wrote to the rater; "" = nothing. */
  reviewNote: string;
  reviewedAtMs: number | null;
}

export interface ListAssignmentsArgs {
  studyId: string;
  status?: AssignmentStatus;
  raterId?: string;
  cursor?: string | null;
  limit?: number;
}

/** The assignments of a study, the latest first. Throws NOT_FOUND for a study that does not exist. */
export async function listAssignments(
  ctx: ServiceContext,
  actor: Actor,
  args: ListAssignmentsArgs,
): Promise<{ rows: AssignmentRow[]; nextCursor: string | null }> {
  assertCapability(actor, "study.manage");
  const { assignments, studies } = ctx.store.t;
  const [study] = await ctx.store.read
    .select({ id: studies.id })
    .from(studies)
    .where(eq(studies.id, args.studyId));
  if (!study) throw notFound("study");
  const limit = pageSize(args.limit);
  const rows = await selectAssignments(
    ctx,
    and(
      eq(assignments.studyId, args.studyId),
      args.status ? eq(assignments.status, args.status) : undefined,
      args.raterId ? eq(assignments.raterId, args.raterId) : undefined,
      afterCursor(args.cursor, assignments.startedAtMs, assignments.id),
    ),
  )
    .orderBy(...newestFirst(assignments.startedAtMs, assignments.id))
    .limit(limit + 1);
  return cutPage(rows, limit, (row) => ({ ms: row.startedAtMs, id: row.assignmentId }));
}

export function selectAssignments(ctx: ServiceContext, matching: SQL | undefined) {
  const { assignments, trajectories } = ctx.store.t;
  return ctx.store.read
    .select({
      assignmentId: assignments.id,
      studyId: assignments.studyId,
      studyVersion: assignments.studyVersion,
      raterId: assignments.raterId,
      trajectoryId: trajectories.id,
      status: assignments.status,
      startedAtMs: assignments.startedAtMs,
      updatedAtMs: assignments.updatedAtMs,
      leaseExpiresAtMs: assignments.leaseExpiresAtMs,
      submittedAtMs: assignments.submittedAtMs,
      reviewNote: assignments.reviewNote,
      reviewedAtMs: assignments.reviewedAtMs,
    })
    .from(assignments)
    .leftJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .where(matching);
}
