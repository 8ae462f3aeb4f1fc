/** Files of finished exports in the object store, under their study and hash. */
import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { ServiceContext } from "../context.ts";

/** Takes an export's files off its row, then out of the store. */
export async function takeOffFiles(
  ctx: ServiceContext,
  exportId: string,
  within: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  const { exports } = ctx.store.t;
  const removed = await ctx.store.tx(async (tx) => {
    const [row] = await tx
      .select({ studyId: exports.studyId, files: exports.files })
      .from(exports)
      .where(and(eq(exports.id, exportId), isNull(exports.filesRemovedAtMs)));
    if (!row) return null;
    await tx
      .update(exports)
      .set({ files: null, filesRemovedAtMs: ctx.now() })
      .where(eq(exports.id, exportId));
    await within(tx);
    return row;
  });
  if (removed) await removeStoredFiles(ctx, removed.studyId, removed.files ?? []);
}

/** Removes files of an export from the store, save those that another export has too. */
export async function removeStoredFiles(
  ctx: ServiceContext,
  studyId: string,
  files: readonly { sha256: string }[],
): Promise<void> {
  const { exports } = ctx.store.t;
  const hashes = new Set(files.map((file) => file.sha256));
  const others = await ctx.store.read
    .select({ files: exports.files })
    .from(exports)
    .where(and(eq(exports.studyId, studyId), eq(exports.status, "ready"), isNull(exports.filesRemovedAtMs)));
  for (const { files } of others) for (const file of files ?? []) hashes.delete(file.sha256);
  // What was stored a moment ago may belong to an export that is about to be ready; else the sweep of orphans takes it.
  const storedBeforeMs = Date.now() - JUST_NOW_MS;
  for (const sha256 of hashes) await ctx.objects.remove({ studyId, sha256 }, { storedBeforeMs });
}

const JUST_NOW_MS = 10_000;
