import type { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ExportFileRow } from "../../domain/export-job.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";

export interface ExportArchive {
  /** Of the downloaded file, without its ending. */
  name: string;
  finishedAtMs: number;
  /** The bundle as its checksums list it, without the spreadsheet files. */
  members: (ExportFileRow & { open(): Promise<Readable> })[];
}

/**
 * All files of a finished bundle, to be sent as one. On record in the audit log. Throws NOT_FOUND, also when one of the
 * files has gone from the store: an archive is whole or is not begun.
 */
export async function openExportArchive(
  ctx: ServiceContext,
  actor: Actor,
  { exportId }: { exportId: string },
): Promise<ExportArchive> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({
      studyId: exports.studyId,
      status: exports.status,
      files: exports.files,
      profile: exports.profile,
      createdAtMs: exports.createdAtMs,
      finishedAtMs: exports.finishedAtMs,
    })
    .from(exports)
    .where(eq(exports.id, exportId));
  const files = row?.status === "ready" ? (row.files ?? []).filter((file) => file.part === "bundle") : [];
  if (!row || files.length === 0) throw notFound("archive");
  const objects = ctx.objects.inStudy(row.studyId);
  for (const file of files)
    if ((await objects.size(file.sha256)) !== file.byteSize) throw notFound("archive");
  await ctx.store.tx((tx) =>
    recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "export.downloaded",
      subjectType: "study",
      subjectId: row.studyId,
      data: { exportId, profile: row.profile },
    }),
  );
  return {
    name: `turnwise-${row.profile}-${new Date(row.createdAtMs).toISOString().slice(0, 10)}-${exportId}`,
    finishedAtMs: row.finishedAtMs ?? row.createdAtMs,
    members: files.map((file) => ({ ...file, open: () => objects.read(file.sha256) })),
  };
}
