import { and, asc, count, eq, inArray } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { imageLabel } from "../../domain/slate.ts";
import type { Page, ProblemRow } from "../../domain/staff-views.ts";
import type { ProblemStatus } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "../dataset/keyset.ts";

export interface ListProblemsArgs {
  studyId: string;
  status?: ProblemStatus;
  cursor?: string | null;
  limit?: number;
}

/** A problem report with the replies to it. */
export interface ProblemThread extends ProblemRow {
  messages: { authorName: string; text: string; createdAtMs: number }[];
}

/** What raters reported in a study, latest first. */
export async function listProblems(
  ctx: ServiceContext,
  actor: Actor,
  args: ListProblemsArgs,
): Promise<Page<ProblemThread>> {
  assertCapability(actor, "problem.answer");
  const { problemReports, trajectories, turns, images, columns } = ctx.store.t;
  const limit = pageSize(args.limit);
  const matching = and(
    eq(problemReports.studyId, args.studyId),
    args.status ? eq(problemReports.status, args.status) : undefined,
  );
  const [rows, total] = await Promise.all([
    ctx.store.read
      .select({
        report: problemReports,
        trajectoryId: trajectories.id,
        turnIndex: turns.turnIndex,
        displayRow: images.displayRow,
        displayPosition: columns.displayPosition,
      })
      .from(problemReports)
      .leftJoin(trajectories, eq(trajectories.assignmentId, problemReports.assignmentId))
      .leftJoin(turns, eq(turns.id, problemReports.turnId))
      .leftJoin(images, eq(images.id, problemReports.imageId))
      .leftJoin(columns, eq(columns.id, images.columnId))
      .where(and(matching, afterCursor(args.cursor, problemReports.createdAtMs, problemReports.id)))
      .orderBy(...newestFirst(problemReports.createdAtMs, problemReports.id))
      .limit(limit + 1),
    ctx.store.read.select({ n: count() }).from(problemReports).where(matching),
  ]);
  const page = cutPage(rows, limit, (r) => ({ ms: r.report.createdAtMs, id: r.report.id }));
  const messages = await listMessages(
    ctx,
    page.rows.map((r) => r.report.id),
  );
  return {
    nextCursor: page.nextCursor,
    total: total[0]?.n ?? 0,
    rows: page.rows.map(({ report, trajectoryId, turnIndex, displayRow, displayPosition }) => ({
      problemId: report.id,
      kind: report.kind,
      status: report.status,
      text: report.text,
      raterId: report.raterId,
      trajectoryId,
      turnNumber: turnIndex === null ? null : turnIndex + 1,
      imageLabel:
        displayRow === null || displayPosition === null ? null : imageLabel(displayPosition, displayRow),
      createdAtMs: report.createdAtMs,
      messages: messages.get(report.id) ?? [],
    })),
  };
}

async function listMessages(ctx: ServiceContext, reportIds: string[]) {
  const byReport = new Map<string, ProblemThread["messages"]>();
  if (reportIds.length === 0) return byReport;
  const { problemMessages, user } = ctx.store.t;
  const rows = await ctx.store.read
    .select({
      reportId: problemMessages.reportId,
      authorName: user.name,
      text: problemMessages.text,
      createdAtMs: problemMessages.createdAtMs,
    })
    .from(problemMessages)
    .leftJoin(user, eq(user.id, problemMessages.authorUserId))
    .where(inArray(problemMessages.reportId, reportIds))
    .orderBy(asc(problemMessages.createdAtMs), asc(problemMessages.id));
  for (const { reportId, authorName, ...message } of rows) {
    const thread = byReport.get(reportId) ?? [];
    thread.push({ ...message, authorName: authorName ?? "Somebody" });
    byReport.set(reportId, thread);
  }
  return byReport;
}
