import { eq } from "drizzle-orm";
import type { ExportRow } from "../../domain/export-job.ts";
import type { ServiceContext } from "../context.ts";

/** Exports with who asked for them, for whoever adds conditions. */
export function selectExports(ctx: ServiceContext) {
  const { exports, user } = ctx.store.t;
  return ctx.store.read
    .select({ row: exports, userName: user.name })
    .from(exports)
    .leftJoin(user, eq(user.id, exports.requestedBy));
}

type Selected = Awaited<ReturnType<typeof selectExports>>[number];

/** As people see it: without lease, salt and attempts. */
export function toExportRow({ row, userName }: Selected): ExportRow {
  return {
    exportId: row.id,
    studyId: row.studyId,
    status: row.status,
    profile: row.profile,
    options: row.options,
    progress: {
      stage: row.stage,
      done: row.doneCount,
      total: row.totalCount,
      bytes: row.writtenBytes,
      secondsLeft: row.secondsLeft,
      updatedAtMs: row.progressAtMs,
    },
    files: row.files ?? [],
    summary: row.summary,
    error: row.error,
    requestedBy: row.requestedBy === null ? null : { userId: row.requestedBy, name: userName ?? "" },
    createdAtMs: row.createdAtMs,
    snapshotAtMs: row.snapshotAtMs,
    finishedAtMs: row.finishedAtMs,
    expiresAtMs: row.expiresAtMs,
    filesRemovedAtMs: row.filesRemovedAtMs,
  };
}
