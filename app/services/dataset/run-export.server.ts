/** One claimed export, from its first byte to its outcome: lease, progress, faults. The work itself is `perform`. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isStorageFault } from "../../../db/errors.ts";
import { ExportError } from "../../../exporters/index.ts";
import { DAY_MS } from "../../domain/day.ts";
import type { ExportFileRow } from "../../domain/export-job.ts";
import type { ExportOptions } from "../../domain/export-options.ts";
import type { BundleSummary } from "../../domain/export-summary.ts";
import { ObjectStoreError } from "../../storage/errors.ts";
import type { ServiceContext } from "../context.ts";
import {
  type ClaimedExport,
  failExport,
  finishExport,
  listUnfinishedExports,
  type ReportedProgress,
  renewExport,
  requeueExport,
} from "./claim-export.server.ts";
import { removeStoredFiles } from "./export-files.ts";
import { releaseKeyOf } from "./release-key.ts";

/** Everything that the work is made from; survives being sent to a thread. */
export interface ExportTask {
  exportId: string;
  studyId: string;
  options: ExportOptions;
  releaseKey: Uint8Array;
  /** High-water mark, and the build time that stands in the metadata. */
  createdAtMs: number;
  /** The export's own folder: what an earlier attempt finished there is taken up. */
  workDir: string;
  /** Tells the attempts of an export apart; nothing of it gets into the files. */
  attempt: number;
}

export interface ExportResult {
  files: ExportFileRow[];
  summary: BundleSummary;
  snapshotAtMs: number;
}

/** Does the work; rejects with the signal's reason soon after it is aborted. */
export type PerformExport = (
  task: ExportTask,
  hooks: { signal: AbortSignal; onProgress(progress: ReportedProgress): void },
) => Promise<ExportResult>;

export interface RunExportOptions {
  perform: PerformExport;
  leaseMs: number;
  /** Aborted when the process is stopped. */
  signal: AbortSignal;
  /** 0 = files stay until somebody removes them. */
  keepDays?: number;
}

const FIRST_PAUSE_MS = 5_000;
/** How often the progress is written at most; the lease may ask for more. */
const SHOW_EVERY_MS = 1_000;

class LostLease extends Error {}

/** Never rejects for a fault of the export: the outcome is in its row. */
export async function runExport(
  ctx: ServiceContext,
  claim: ClaimedExport,
  { perform, leaseMs, signal, keepDays = 0 }: RunExportOptions,
): Promise<void> {
  const lost = new AbortController();
  const ends = AbortSignal.any([signal, lost.signal]);
  const workDir = join(ctx.exportsDir, `${claim.id}${WORK}`);
  let progress: ReportedProgress | null = null;
  const stopShowing = keepShowing(ctx, claim, leaseMs, () => progress, lost);
  try {
    const result = await perform(
      {
        exportId: claim.id,
        studyId: claim.studyId,
        options: claim.options,
        releaseKey: releaseKeyOf(ctx, claim),
        createdAtMs: claim.createdAtMs,
        workDir,
        attempt: claim.leaseToken,
      },
      {
        signal: ends,
        onProgress(next) {
          progress = next;
        },
      },
    );
    await stopShowing();
    const expiresAtMs = keepDays > 0 ? ctx.now() + keepDays * DAY_MS : null;
    if (await finishExport(ctx, claim, { ...result, expiresAtMs })) await removeWork(workDir);
    // Cancelled in its last moment: files that no row vouches for do not stay.
    else await removeStoredFiles(ctx, claim.studyId, result.files);
  } catch (error) {
    await stopShowing();
    await settle(ctx, claim, { error, isStopped: signal.aborted, isLost: lost.signal.aborted, workDir });
  }
}

/** Renews the lease and shows the progress until told to stop. */
function keepShowing(
  ctx: ServiceContext,
  claim: ClaimedExport,
  leaseMs: number,
  progress: () => ReportedProgress | null,
  lost: AbortController,
): () => Promise<void> {
  let busy: Promise<void> | null = null;
  const show = () => {
    busy ??= renewExport(ctx, claim, leaseMs, progress())
      .then((held) => {
        if (!held) lost.abort(new LostLease("the export is not this worker's any more"));
      })
      .catch((err: unknown) => ctx.log.warn({ err, exportId: claim.id }, "a lease could not be renewed"))
      .finally(() => {
        busy = null;
      });
  };
  const timer = setInterval(show, Math.min(SHOW_EVERY_MS, leaseMs / 3));
  return async () => {
    clearInterval(timer);
    await busy;
  };
}

/** Records why the work ended without a result. */
async function settle(
  ctx: ServiceContext,
  claim: ClaimedExport,
  {
    error,
    isStopped,
    isLost,
    workDir,
  }: { error: unknown; isStopped: boolean; isLost: boolean; workDir: string },
): Promise<void> {
  // Cancelled: the folder goes with the next look around, when nobody can be writing in it.
  if (isLost) return;
  if (isStopped) {
    await requeueExport(ctx, claim, { pauseMs: 0, countsAsAttempt: false });
    return;
  }
  const message = explain(error);
  if (message === null) ctx.log.error({ err: error, exportId: claim.id }, "an export failed");
  else ctx.log.warn({ err: error, exportId: claim.id }, "an export could not go on");
  if (mayPass(error) && claim.attempts < 3) {
    const pauseMs = FIRST_PAUSE_MS * 2 ** (claim.attempts - 1);
    await requeueExport(ctx, claim, { pauseMs, countsAsAttempt: true });
    return;
  }
  await failExport(ctx, claim, message ?? UNEXPLAINED);
  await removeWork(workDir);
}

const UNEXPLAINED =
  "Something went wrong on the server. Start the export again, and report it if it keeps failing.";

const DISK_FULL = ["ENOSPC", "EDQUOT", "EFBIG"];
const NOT_WRITABLE = ["EACCES", "EPERM", "EROFS", "ENOTDIR"];

/** What the operator or the researcher can mend, in one line; null for a fault of ours. */
function explain(error: unknown): string | null {
  if (error instanceof ExportError) return error.message;
  if (error instanceof ObjectStoreError) return `The finished files could not be stored. ${error.message}`;
  const { code = "" } = error as NodeJS.ErrnoException;
  if (DISK_FULL.includes(code))
    return "The server's disk is full. Free some space in its data folder, and start the export again.";
  if (NOT_WRITABLE.includes(code))
    return "The server may not write into its folder for exports. Make DATA_DIR/exports writable, and start the export again.";
  if (isStorageFault(error))
    return "The database or the disk could not be used. Start the export again later.";
  return null;
}

/** A database or a store that is away comes back by itself; a full disk does not. */
function mayPass(error: unknown): boolean {
  if (error instanceof ExportError) return false;
  const { code = "" } = error as NodeJS.ErrnoException;
  if (DISK_FULL.includes(code) || NOT_WRITABLE.includes(code)) return false;
  return error instanceof ObjectStoreError || isStorageFault(error);
}

const WORK = ".work";

/** Removes what is left of exports that have ended, such as cancelled ones; folders of others' making stay. */
export async function removeLeftWork(ctx: ServiceContext): Promise<void> {
  const names = await readdir(ctx.exportsDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  // Read after the folder: whoever began meanwhile is among them.
  const unfinished = new Set(await listUnfinishedExports(ctx));
  for (const name of names) {
    if (!name.endsWith(WORK) || unfinished.has(name.slice(0, -WORK.length))) continue;
    await removeWork(join(ctx.exportsDir, name));
  }
}

async function removeWork(workDir: string): Promise<void> {
  await rm(workDir, { recursive: true, force: true, maxRetries: 3 });
}
