/** The work of an export, stage by stage. It touches files and the object store; of the database it only reads. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Bundle,
  codeRevision,
  type DatasetSource,
  defaultSplits,
  softwareVersion,
  writeBundle,
} from "../../../exporters/index.ts";
import type { BundleSummary } from "../../domain/export-summary.ts";
import type { ObjectStore } from "../../storage/port.ts";
import type { ReportedProgress } from "./claim-export.server.ts";
import type { ExportResult, ExportTask } from "./run-export.server.ts";

export interface ExportWork {
  source: DatasetSource;
  objects: ObjectStore;
  now(): number;
  signal: AbortSignal;
  onProgress(progress: ReportedProgress): void;
}

export async function performExport(task: ExportTask, work: ExportWork): Promise<ExportResult> {
  const { options, studyId, createdAtMs, workDir } = task;
  const { signal } = work;
  const snapshotAtMs = work.now();
  const folder = join(workDir, `bundle-${task.attempt}`);
  await mkdir(workDir, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  const report = (stage: ReportedProgress["stage"], done: number, total: number, bytes: number) =>
    work.onProgress({ stage, done, total, bytes, secondsLeft: null, snapshotAtMs });
  const objects = work.objects.inStudy(studyId);
  const bundle = await writeBundle(work.source, {
    studyId,
    profile: options.profile,
    include: options.include,
    source: options.source,
    formats: options.formats,
    tables: options.tables,
    images: options.images ? { objects, layout: "shards" } : null,
    releaseKey: task.releaseKey,
    splits: options.splits && {
      ...defaultSplits(studyId),
      ...options.splits,
      key: options.splits.key ?? studyId,
    },
    info: options.info,
    startedBeforeMs: createdAtMs,
    builtAtMs: createdAtMs,
    softwareVersion: softwareVersion(),
    codeRevision: codeRevision(),
    outDir: folder,
    signal,
    onProgress: ({ done, total }) => report("tables", done, total, 0),
  });
  const total = bundle.files.reduce((sum, file) => sum + file.byteSize, 0);
  let bytes = 0;
  for (const file of bundle.files) {
    signal.throwIfAborted();
    await objects.putFile(file.sha256, join(folder, file.name), { signal });
    bytes += file.byteSize;
    report("publish", bytes, total, total);
  }
  return {
    files: bundle.files.map((file) => ({ ...file, part: "bundle" as const })),
    summary: summaryOf(bundle, options.info.version ?? "1.0.0"),
    snapshotAtMs,
  };
}

export function summaryOf(
  { counts, excluded, withheld }: Omit<Bundle, "files">,
  version: string,
): BundleSummary {
  const { splits, ...numbers } = counts;
  const { screening, ...parts } = withheld;
  return { version, counts: { ...numbers, ...splits }, excluded, withheld: parts, screening };
}
