import { stat } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";

export interface ExportFile {
  path: string;
  name: string;
  byteSize: number;
  sha256: string;
}

/**
 * Where a file of a finished export lies. Only names in the export's own list are ever joined to a path.
 * Throws NOT_FOUND, also when the file has gone from the disk.
 */
export async function openExportFile(
  ctx: ServiceContext,
  actor: Actor,
  { exportId, name }: { exportId: string; name: string },
): Promise<ExportFile> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ id: exports.id, status: exports.status, files: exports.files })
    .from(exports)
    .where(eq(exports.id, exportId));
  const file = row?.status === "done" ? row.files?.find((one) => one.name === name) : undefined;
  if (!row || !file) throw notFound("file");
  const path = join(ctx.exportsDir, row.id, file.name);
  const onDisk = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (onDisk?.size !== file.byteSize) throw notFound("file");
  return { path, name: file.name, byteSize: file.byteSize, sha256: file.sha256 };
}
