/** One pass over a study's trajectories writes every file of the bundle. */
import { join } from "node:path";
import { LIVE_STATUSES } from "../../app/domain/assignment.ts";
import type { PrivacyProfile } from "../../app/domain/vocabulary.ts";
import { csvEncoder } from "../encoders/csv.ts";
import type { Encoder } from "../encoders/encoder.ts";
import { jsonlEncoder } from "../encoders/jsonl.ts";
import { assertComplete, countsOf } from "../invariants.ts";
import { createPseudonyms } from "../pseudonyms.ts";
import { readTrajectories } from "../read-trajectories.ts";
import { exportedStatus, type TrajectoryRecord, toRecord } from "../records.ts";
import type { DatasetSource, SourceTrajectory } from "../source.ts";
import { columnsTable, imagesTable, trajectoriesTable, turnsTable } from "../tables/index.ts";
import type { Table } from "../tables/table.ts";
import { copyImages, type ObjectReader } from "./copy-images.ts";
import { writeFolder } from "./folder.ts";
import { HashedFile } from "./hashed-file.ts";
import {
  type BundleCounts,
  type BundleFile,
  checksumLine,
  type Exclusions,
  type Include,
  manifestText,
} from "./manifest.ts";

export interface BundleOptions {
  studyId: string;
  profile: PrivacyProfile;
  include: Include;
  /** Where to copy the original images from; null = tables only. */
  images: ObjectReader | null;
  /** Fresh for every release, except in tests. */
  releaseKey: Uint8Array;
  /** High-water mark: trajectories that started earlier are exported. */
  startedBeforeMs: number;
  /** Stands in the manifest only. */
  builtAtMs: number;
  softwareVersion: string;
  /** New or empty. */
  outDir: string;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
}

export interface Bundle {
  files: BundleFile[];
  counts: BundleCounts;
  excluded: Exclusions;
}

/**
 * Writes the bundle of one study. All or nothing: the folder gets its name when everything in it is complete.
 * The same rows, key and options give the same bytes.
 */
export function writeBundle(source: DatasetSource, options: BundleOptions): Promise<Bundle> {
  return writeFolder(options.outDir, (folder) => fillBundle(source, options, folder));
}

async function fillBundle(source: DatasetSource, options: BundleOptions, folder: string): Promise<Bundle> {
  const query = { studyId: options.studyId, startedBeforeMs: options.startedBeforeMs };
  const pseudonym = createPseudonyms(options.releaseKey);
  const tally = new Tally();
  const total = Object.values(await source.countTrajectories(query)).reduce((sum, n) => sum + n, 0);
  const sums = await HashedFile.create(join(folder, "SHA256SUMS"));
  const tables: TableFile[] = [];
  try {
    tables.push(await openTable(folder, trajectoriesTable, jsonlEncoder));
    tables.push(await openTable(folder, turnsTable, csvEncoder));
    tables.push(await openTable(folder, columnsTable, csvEncoder));
    tables.push(await openTable(folder, imagesTable, csvEncoder));

    let done = 0;
    for await (const trajectory of readTrajectories(source, query, { signal: options.signal })) {
      if (tally.admit(trajectory, options.include)) {
        const record = toRecord(trajectory, options.profile, pseudonym);
        assertComplete(trajectory, record);
        for (const table of tables) await table.write(record);
        if (options.images) {
          for (const image of await copyImages(options.images, record, folder, options.signal)) {
            tally.addImageFile(image.byteSize);
            await sums.write(checksumLine({ name: image.fileName, sha256: image.sha256 }));
          }
        }
        tally.add(trajectory, record);
      }
      done += 1;
      options.onProgress?.({ done, total: Math.max(done, total) });
    }

    const files: BundleFile[] = [];
    for (const table of tables) files.push(await table.close());
    files.push(
      await writeText(
        folder,
        "manifest.json",
        manifestText({
          ...options,
          studyId: pseudonym("study", options.studyId),
          counts: tally.counts,
          excluded: tally.excluded,
          images: options.images ? tally.imageFiles : null,
          files,
        }),
      ),
    );
    for (const file of files) await sums.write(checksumLine(file));
    files.push({ name: "SHA256SUMS", rows: null, ...(await sums.close()) });
    return { files, counts: tally.counts, excluded: tally.excluded };
  } catch (error) {
    await Promise.all([sums, ...tables].map((file) => file.abandon()));
    throw error;
  }
}

interface TableFile {
  write(record: TrajectoryRecord): Promise<void>;
  close(): Promise<BundleFile>;
  abandon(): Promise<void>;
}

async function openTable<Row>(folder: string, table: Table<Row>, encoder: Encoder): Promise<TableFile> {
  const name = `${table.name}.${encoder.extension}`;
  const file = await HashedFile.create(join(folder, name));
  const writer = encoder.open(table, file);
  let rows = 0;
  return {
    async write(record) {
      for (const row of table.rows(record)) {
        rows += 1;
        const full = writer.write(row);
        if (full) await full;
      }
    },
    async close() {
      await writer.end();
      return { name, rows, ...(await file.close()) };
    },
    abandon: () => file.abandon(),
  };
}

async function writeText(folder: string, name: string, text: string): Promise<BundleFile> {
  const file = await HashedFile.create(join(folder, name));
  await file.write(text);
  return { name, rows: null, ...(await file.close()) };
}

/** What went in, and what was left out. */
class Tally {
  readonly counts: BundleCounts = {
    trajectories: 0,
    complete: 0,
    abandoned: 0,
    inProgress: 0,
    turns: 0,
    choices: 0,
    columns: 0,
    images: 0,
    answers: 0,
  };
  readonly excluded: Exclusions = { abandoned: 0, rejected: 0, withdrawn: 0 };
  readonly imageFiles = { files: 0, bytes: 0 };

  /** Whether the trajectory belongs in the bundle. Withdrawn consent and rejected work never do. */
  admit(trajectory: SourceTrajectory, include: Include): boolean {
    const { status } = trajectory;
    if (status === "withdrawn" || status === "rejected") {
      this.excluded[status] += 1;
      return false;
    }
    if (include === "complete" && exportedStatus(status) === "abandoned") {
      this.excluded.abandoned += 1;
      return false;
    }
    return true;
  }

  add(trajectory: SourceTrajectory, record: TrajectoryRecord): void {
    const live: readonly string[] = LIVE_STATUSES;
    this.counts.trajectories += 1;
    this.counts[record.status] += 1;
    if (live.includes(trajectory.status)) this.counts.inProgress += 1;
    const own = countsOf(record);
    for (const key of Object.keys(own) as (keyof typeof own)[]) this.counts[key] += own[key];
  }

  addImageFile(bytes: number): void {
    this.imageFiles.files += 1;
    this.imageFiles.bytes += bytes;
  }
}
