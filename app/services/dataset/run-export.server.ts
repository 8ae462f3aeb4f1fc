/** Runs exports in the background of this process, one folder `<exportsDir>/<exportId>` each. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { and, eq, inArray } from "drizzle-orm";
import { isStorageFault } from "../../../db/errors.ts";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import {
  type Bundle,
  codeRevision,
  defaultSplits,
  ExportError,
  newReleaseKey,
  softwareVersion,
  writeBundle,
} from "../../../exporters/index.ts";
import type { ServiceContext } from "../context.ts";
import { isOrphaned, releaseExport } from "./run-export-owner.server.ts";

interface Run {
  abort: AbortController;
  done: Promise<void>;
}
const runsOf = new WeakMap<ServiceContext, Map<string, Run>>();

function runs(ctx: ServiceContext): Map<string, Run> {
  const known = runsOf.get(ctx) ?? new Map<string, Run>();
  runsOf.set(ctx, known);
  return known;
}

/** Runs an export that is on record as running and claimed by this process. Never rejects: the outcome is in its row. */
export function runExport(ctx: ServiceContext, exportId: string): Promise<void> {
  const known = runs(ctx).get(exportId);
  if (known) return known.done;
  const abort = new AbortController();
  const done = execute(ctx, exportId, abort.signal)
    .finally(() => releaseExport(ctx.exportsDir, exportId))
    .catch((error: unknown) =>
      ctx.log.error({ err: error, exportId }, "the outcome of an export was not recorded"),
    )
    .finally(() => runs(ctx).delete(exportId));
  runs(ctx).set(exportId, { abort, done });
  return done;
}

/** Ends the exports of this process, marking them failed; for the shutdown, before the database is closed. */
export async function stopExports(ctx: ServiceContext): Promise<void> {
  const all = [...runs(ctx).values()];
  for (const run of all)
    run.abort.abort(new ExportError("The server was stopped while the export ran. Start it again."));
  await Promise.all(all.map((run) => run.done));
}

/**
 * Marks exports that a crash left running as failed and removes what they had written; those of other live processes
 * go on. Called once at start-up, before requests are served. Returns how many there were.
 */
export async function failInterruptedExports(ctx: ServiceContext): Promise<number> {
  const { exports } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: exports.id })
    .from(exports)
    .where(eq(exports.status, "running"));
  const orphans: string[] = [];
  for (const { id } of rows) if (await isOrphaned(ctx.exportsDir, id)) orphans.push(id);
  if (orphans.length === 0) return 0;
  const failed = await ctx.store.tx((tx) =>
    tx
      .update(exports)
      .set({
        status: "failed",
        error: "The server was interrupted while the export ran. Start it again.",
        finishedAtMs: ctx.now(),
      })
      .where(and(inArray(exports.id, orphans), eq(exports.status, "running")))
      .returning({ id: exports.id }),
  );
  // Not those that came to their end meanwhile: their folders are whole.
  const ids = failed.map((row) => row.id);
  await removeFolders(ctx, ids);
  for (const id of ids) await releaseExport(ctx.exportsDir, id);
  return ids.length;
}

async function execute(ctx: ServiceContext, exportId: string, signal: AbortSignal): Promise<void> {
  const { exports } = ctx.store.t;
  const [row] = await ctx.store.read.select().from(exports).where(eq(exports.id, exportId));
  if (row?.status !== "running") return;
  let bundle: Bundle;
  try {
    bundle = await writeBundle(datasetSource(ctx.store), {
      studyId: row.studyId,
      profile: row.profile,
      include: "all",
      images: null,
      releaseKey: newReleaseKey(),
      splits: defaultSplits(row.studyId),
      startedBeforeMs: row.createdAtMs,
      builtAtMs: row.createdAtMs,
      softwareVersion: softwareVersion(),
      codeRevision: codeRevision(),
      outDir: join(ctx.exportsDir, exportId),
      signal,
    });
  } catch (error) {
    await finish(ctx, exportId, { status: "failed", error: explain(ctx, exportId, error) });
    return;
  }
  const recorded = await finish(ctx, exportId, { status: "done", files: bundle.files });
  // Somebody gave it up meanwhile: a bundle that no row vouches for does not stay.
  if (!recorded) await removeFolders(ctx, [exportId]);
}

/** Records the outcome; false when the export was no longer running. */
async function finish(
  ctx: ServiceContext,
  exportId: string,
  outcome: { status: "done"; files: Bundle["files"] } | { status: "failed"; error: string },
): Promise<boolean> {
  const { exports } = ctx.store.t;
  return ctx.store.tx(async (tx) => {
    const updated = await tx
      .update(exports)
      .set({ ...outcome, finishedAtMs: ctx.now() })
      .where(and(eq(exports.id, exportId), eq(exports.status, "running")))
      .returning({ id: exports.id });
    return updated.length > 0;
  });
}

function explain(ctx: ServiceContext, exportId: string, error: unknown): string {
  if (error instanceof ExportError) return error.message;
  ctx.log.error({ err: error, exportId }, "an export failed");
  if (isStorageFault(error))
    return "The server cannot write its files right now. Free some space and start it again.";
  return "Something went wrong on the server. Start the export again, and report it if it keeps failing.";
}

async function removeFolders(ctx: ServiceContext, exportIds: string[]): Promise<void> {
  const names = await readdir(ctx.exportsDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names) {
    if (!exportIds.some((id) => name === id || name.startsWith(`.${id}.partial-`))) continue;
    await rm(join(ctx.exportsDir, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
