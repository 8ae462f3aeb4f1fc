/**
 * The work of an export, stage by stage, each of which leaves a finished thing behind: the snapshot, the bundle, the files
 * in the store. Whoever takes the export up again begins after the last finished one, and makes the same bytes.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Bundle,
  codeRevision,
  type DatasetSource,
  defaultSplits,
  ExportError,
  openSnapshotFile,
  softwareVersion,
  takeSnapshot,
  writeBundle,
} from "../../../exporters/index.ts";
import type { BundleSummary } from "../../domain/export-summary.ts";
import type { ExportStage } from "../../domain/vocabulary.ts";
import type { ObjectStore } from "../../storage/port.ts";
import type { ReportedProgress } from "./claim-export.server.ts";
import { estimateSecondsLeft } from "./estimate-seconds-left.ts";
import type { ExportResult, ExportTask } from "./run-export.server.ts";

/** One state of the database. */
export interface ExportSource {
  source: DatasetSource;
  close(): Promise<void>;
}

export interface ExportWork {
  openSource(): Promise<ExportSource>;
  objects: ObjectStore;
  now(): number;
  signal: AbortSignal;
  onProgress(progress: ReportedProgress): void;
}

/** So often the snapshot is taken anew because somebody withdrew meanwhile. */
const SNAPSHOTS_MAX = 5;

export async function performExport(task: ExportTask, work: ExportWork): Promise<ExportResult> {
  await mkdir(task.workDir, { recursive: true });
  for (let taken = 1; ; taken++) {
    const run = new ExportRun(task, work);
    const result = await run.toBundle();
    if (await run.isStillAllowed()) return run.publish(result);
    if (taken >= SNAPSHOTS_MAX)
      throw new ExportError(
        "People kept withdrawing while the export ran. Start it again when that is over.",
      );
    await run.forget();
  }
}

/** What stands beside a finished bundle. */
interface Finished {
  bundle: Bundle;
  snapshotAtMs: number;
  withdrawals: string;
}

class ExportRun {
  readonly #task: ExportTask;
  readonly #work: ExportWork;
  readonly #query: { studyId: string; startedBeforeMs: number; withCandidates: boolean };
  readonly #startedAtMs: number;
  #snapshotAtMs: number | null = null;
  #withdrawals = "";

  constructor(task: ExportTask, work: ExportWork) {
    this.#task = task;
    this.#work = work;
    this.#startedAtMs = work.now();
    this.#query = {
      studyId: task.studyId,
      startedBeforeMs: task.createdAtMs,
      withCandidates: task.options.tables.includes("candidates"),
    };
  }

  #path(name: string): string {
    return join(this.#task.workDir, name);
  }

  #report(stage: ExportStage, done: number, total: number, bytes: number): void {
    const elapsedMs = this.#work.now() - this.#startedAtMs;
    const secondsLeft = estimateSecondsLeft({ stage, done, total, elapsedMs });
    this.#work.onProgress({ stage, done, total, bytes, secondsLeft, snapshotAtMs: this.#snapshotAtMs });
  }

  async toBundle(): Promise<Bundle> {
    const known = await this.#findFinished();
    if (known) {
      this.#snapshotAtMs = known.snapshotAtMs;
      this.#withdrawals = known.withdrawals;
      return known.bundle;
    }
    await this.#dropUnfinished();
    const path = this.#path("snapshot");
    let snapshot = await openSnapshotFile(path);
    if (!snapshot) {
      await this.#takeSnapshot(path);
      snapshot = await openSnapshotFile(path);
      if (!snapshot) throw new Error("a snapshot vanished");
    }
    this.#snapshotAtMs = snapshot.takenAtMs;
    this.#withdrawals = snapshot.withdrawals;
    try {
      return await this.#writeBundle(snapshot);
    } finally {
      await snapshot.close();
    }
  }

  async #takeSnapshot(path: string): Promise<void> {
    const { now, signal } = this.#work;
    const opened = await this.#work.openSource();
    try {
      await takeSnapshot(opened.source, this.#query, {
        path,
        takenAtMs: now(),
        attempt: this.#task.attempt,
        signal,
        onProgress: ({ done, total, bytes }) => this.#report("snapshot", done, total, bytes),
      });
    } finally {
      await opened.close();
    }
  }

  async #writeBundle(snapshot: { source: DatasetSource }): Promise<Bundle> {
    const { options, studyId, createdAtMs, releaseKey, attempt } = this.#task;
    const folder = this.#path(`bundle-${attempt}`);
    const objects = this.#work.objects.inStudy(studyId);
    const bundle = await writeBundle(snapshot.source, {
      studyId,
      profile: options.profile,
      include: options.include,
      source: options.source,
      filters: options.filters,
      formats: options.formats,
      tables: options.tables,
      images: options.images ? { objects, layout: "shards" } : null,
      releaseKey,
      splits: options.splits && {
        ...defaultSplits(studyId),
        testUnseen: options.splits.testUnseen,
        testSeen: options.splits.testSeen,
        ...(options.splits.key !== null && { key: options.splits.key }),
      },
      info: options.info,
      startedBeforeMs: createdAtMs,
      builtAtMs: createdAtMs,
      softwareVersion: softwareVersion(),
      codeRevision: codeRevision(),
      outDir: folder,
      signal: this.#work.signal,
      onProgress: ({ done, total }) => this.#report("tables", done, total, 0),
    });
    const finished: Finished = {
      bundle,
      snapshotAtMs: this.#snapshotAtMs as number,
      withdrawals: this.#withdrawals,
    };
    // Beside the folder that it tells of, so that both get their names at once.
    await writeFile(this.#path(`bundle-${attempt}/.finished.json`), JSON.stringify(finished), {
      flush: true,
    });
    await rename(folder, this.#path("bundle")).catch((error: NodeJS.ErrnoException) => {
      // Another attempt was faster, with the same bytes.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
    return bundle;
  }

  async #findFinished(): Promise<Finished | null> {
    const text = await readFile(this.#path("bundle/.finished.json"), "utf8").catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      },
    );
    return text === null ? null : (JSON.parse(text) as Finished);
  }

  /** What earlier attempts began and did not finish. One that still writes fails there, and its lease is gone anyway. */
  async #dropUnfinished(): Promise<void> {
    for (const name of await readdir(this.#task.workDir)) {
      if (name === "snapshot" || name === "bundle") continue;
      await rm(this.#path(name), { recursive: true, force: true, maxRetries: 3 });
    }
  }

  /** Whether nobody withdrew or was erased since the snapshot was taken. */
  async isStillAllowed(): Promise<boolean> {
    const opened = await this.#work.openSource();
    try {
      return (await opened.source.withdrawals(this.#query)) === this.#withdrawals;
    } finally {
      await opened.close();
    }
  }

  async forget(): Promise<void> {
    await rm(this.#path("bundle"), { recursive: true, force: true, maxRetries: 3 });
    await rm(this.#path("snapshot"), { force: true });
  }

  async publish(bundle: Bundle): Promise<ExportResult> {
    const { objects, signal } = this.#work;
    const store = objects.inStudy(this.#task.studyId);
    const total = bundle.files.reduce((sum, file) => sum + file.byteSize, 0);
    let bytes = 0;
    for (const file of bundle.files) {
      signal.throwIfAborted();
      // What an earlier attempt has put there is not sent again.
      await store.putFile(file.sha256, this.#path(`bundle/${file.name}`), { signal });
      bytes += file.byteSize;
      this.#report("publish", bytes, total, total);
    }
    return {
      files: bundle.files.map((file) => ({ ...file, part: "bundle" as const })),
      summary: summaryOf(bundle, this.#task.options.info.version ?? "1.0.0"),
      snapshotAtMs: this.#snapshotAtMs as number,
    };
  }
}

function summaryOf({ counts, excluded, withheld }: Omit<Bundle, "files">, version: string): BundleSummary {
  const { splits, ...numbers } = counts;
  const { screening, ...parts } = withheld;
  return { version, counts: { ...numbers, ...splits }, excluded, withheld: parts, screening };
}
