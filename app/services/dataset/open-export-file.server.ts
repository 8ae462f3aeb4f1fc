import type { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ExportFileRow } from "../../domain/export-job.ts";
import type { ObjectRange } from "../../storage/port.ts";
import type { ServiceContext } from "../context.ts";

export interface ExportFile extends ExportFileRow {
  /** Streams the file, or a part of it; whole ones are checked against their hash on the way. */
  open(range?: ObjectRange): Promise<Readable>;
}

/** A file of a finished export, found in the export's own list. Throws NOT_FOUND, also when it has gone from the store. */
export async function openExportFile(
  ctx: ServiceContext,
  actor: Actor,
  { exportId, name }: { exportId: string; name: string },
): Promise<ExportFile> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ studyId: exports.studyId, status: exports.status, files: exports.files })
    .from(exports)
    .where(eq(exports.id, exportId));
  const file = row?.status === "ready" ? row.files?.find((one) => one.name === name) : undefined;
  if (!row || !file) throw notFound("file");
  const objects = ctx.objects.inStudy(row.studyId);
  if ((await objects.size(file.sha256)) !== file.byteSize) throw notFound("file");
  return { ...file, open: (range) => objects.read(file.sha256, range) };
}
