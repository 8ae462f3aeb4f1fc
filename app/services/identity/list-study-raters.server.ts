import { and, count, eq, inArray } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { COMPLETED_STATUSES, LIVE_STATUSES } from "../../domain/assignment.ts";
import type { Page, StudyRaterRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "../dataset/keyset.ts";

export interface ListStudyRatersArgs {
  studyId: string;
  cursor?: string | null;
  limit?: number;
}

/** The members of a study, latest first, with what each has completed. */
export async function listStudyRaters(
  ctx: ServiceContext,
  actor: Actor,
  args: ListStudyRatersArgs,
): Promise<Page<StudyRaterRow>> {
  assertCapability(actor, "rater.invite");
  const { studyRaters, raters, user, externalIds } = ctx.store.t;
  const limit = pageSize(args.limit);
  const inStudy = eq(studyRaters.studyId, args.studyId);
  const [rows, total] = await Promise.all([
    ctx.store.read
      .select({
        raterId: studyRaters.raterId,
        name: user.name,
        email: user.email,
        externalId: externalIds.externalId,
        status: studyRaters.status,
        source: raters.source,
        addedAtMs: studyRaters.addedAtMs,
      })
      .from(studyRaters)
      .innerJoin(raters, eq(raters.id, studyRaters.raterId))
      .leftJoin(user, eq(user.id, raters.userId))
      .leftJoin(
        externalIds,
        and(eq(externalIds.userId, raters.userId), eq(externalIds.studyId, studyRaters.studyId)),
      )
      .where(and(inStudy, afterCursor(args.cursor, studyRaters.addedAtMs, studyRaters.raterId)))
      .orderBy(...newestFirst(studyRaters.addedAtMs, studyRaters.raterId))
      .limit(limit + 1),
    ctx.store.read.select({ n: count() }).from(studyRaters).where(inStudy),
  ]);
  const page = cutPage(rows, limit, (r) => ({ ms: r.addedAtMs, id: r.raterId }));
  const work = await countWork(
    ctx,
    args.studyId,
    page.rows.map((r) => r.raterId),
  );
  return {
    nextCursor: page.nextCursor,
    total: total[0]?.n ?? 0,
    rows: page.rows.map(({ externalId, ...row }) => {
      const byStatus = work.get(row.raterId);
      const sum = (statuses: readonly string[]) => statuses.reduce((n, s) => n + (byStatus?.get(s) ?? 0), 0);
      return {
        ...row,
        name: row.name ?? "Erased",
        // People of a panel are known by the id that it gave them.
        email: externalId ?? row.email ?? "",
        completed: sum(COMPLETED_STATUSES),
        live: sum(LIVE_STATUSES),
      };
    }),
  };
}

async function countWork(ctx: ServiceContext, studyId: string, raterIds: string[]) {
  const byRater = new Map<string, Map<string, number>>();
  if (raterIds.length === 0) return byRater;
  const { assignments } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ raterId: assignments.raterId, status: assignments.status, n: count() })
    .from(assignments)
    .where(and(eq(assignments.studyId, studyId), inArray(assignments.raterId, raterIds)))
    .groupBy(assignments.raterId, assignments.status);
  for (const row of rows) {
    const byStatus = byRater.get(row.raterId) ?? new Map<string, number>();
    byRater.set(row.raterId, byStatus.set(row.status, row.n));
  }
  return byRater;
}
