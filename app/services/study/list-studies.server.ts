import { and, count, eq, inArray } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { type AssignmentStatus, COMPLETED_STATUSES, LIVE_STATUSES } from "../../domain/assignment.ts";
import type { StudyRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, newestFirst } from "../dataset/keyset.ts";
import { readSettings } from "./stored-settings.ts";

const STUDIES_MAX = 200;

export interface ListStudiesArgs {
  cursor?: string | null;
  /** At most 200, which is also the default. */
  limit?: number;
}

/** Studies with their progress, the newest first. */
export async function listStudies(
  ctx: ServiceContext,
  actor: Actor,
  { cursor, limit = STUDIES_MAX }: ListStudiesArgs = {},
): Promise<StudyRow[]> {
  assertCapability(actor, "study.read");
  const { studies, studyVersions } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ study: studies, published: studyVersions.settings })
    .from(studies)
    .leftJoin(
      studyVersions,
      and(eq(studyVersions.studyId, studies.id), eq(studyVersions.version, studies.currentVersion)),
    )
    .where(afterCursor(cursor, studies.createdAtMs, studies.id))
    .orderBy(...newestFirst(studies.createdAtMs, studies.id))
    .limit(Math.min(limit, STUDIES_MAX));
  const studyIds = rows.map((r) => r.study.id);
  const [assignments, raters] = await Promise.all([
    countAssignments(ctx, studyIds),
    countRaters(ctx, studyIds),
  ]);
  return rows.map(({ study, published }) => {
    const byStatus = assignments.get(study.id);
    const sum = (statuses: readonly AssignmentStatus[]) =>
      statuses.reduce((n, status) => n + (byStatus?.get(status) ?? 0), 0);
    return {
      studyId: study.id,
      name: study.name,
      status: study.status,
      version: study.currentVersion,
      target: readSettings(published ?? study.draftSettings).targetTrajectories,
      completed: sum(COMPLETED_STATUSES),
      live: sum(LIVE_STATUSES),
      raters: raters.get(study.id) ?? 0,
      createdAtMs: study.createdAtMs,
    };
  });
}

async function countAssignments(ctx: ServiceContext, studyIds: string[]) {
  const byStudy = new Map<string, Map<AssignmentStatus, number>>();
  if (studyIds.length === 0) return byStudy;
  const { assignments } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ studyId: assignments.studyId, status: assignments.status, n: count() })
    .from(assignments)
    .where(inArray(assignments.studyId, studyIds))
    .groupBy(assignments.studyId, assignments.status);
  for (const row of rows) {
    const byStatus = byStudy.get(row.studyId) ?? new Map<AssignmentStatus, number>();
    byStudy.set(row.studyId, byStatus.set(row.status, row.n));
  }
  return byStudy;
}

async function countRaters(ctx: ServiceContext, studyIds: string[]): Promise<Map<string, number>> {
  if (studyIds.length === 0) return new Map();
  const { studyRaters } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ studyId: studyRaters.studyId, n: count() })
    .from(studyRaters)
    .where(inArray(studyRaters.studyId, studyIds))
    .groupBy(studyRaters.studyId);
  return new Map(rows.map((r) => [r.studyId, r.n]));
}
