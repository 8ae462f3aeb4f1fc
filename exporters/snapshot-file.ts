/**
 * A study's trajectories as they were at one instant, in a file: the database is left alone while tables and images are
 * written, and an export that was killed goes on with the very same data. Frames of JSON, each after its length; the last
 * one is an empty page.
 */
import { type FileHandle, link, open, rm } from "node:fs/promises";
import type { RecordedDecision } from "./privacy/screen-texts.ts";
import { readTrajectoryPages } from "./read-trajectories.ts";
import type { DatasetSource, SourceStudy, SourceTrajectory, TrajectoryQuery } from "./source.ts";

interface Head {
  takenAtMs: number;
  study: SourceStudy;
  counts: Awaited<ReturnType<DatasetSource["countTrajectories"]>>;
  /** What had been withdrawn by then; see `DatasetSource.withdrawals`. */
  withdrawals: string;
}
interface Page {
  trajectories: SourceTrajectory[];
  decisions: [string, RecordedDecision][];
}

/** Writes `path`; the name appears with the whole file. Where somebody else was faster, theirs stays. */
export async function takeSnapshot(
  source: DatasetSource,
  query: TrajectoryQuery,
  {
    path,
    takenAtMs,
    attempt,
    signal,
    onProgress,
  }: {
    path: string;
    takenAtMs: number;
    /** Two attempts never write into one file. */
    attempt: number;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number; bytes: number }) => void;
  },
): Promise<void> {
  const partial = `${path}.part-${attempt}`;
  const file = await open(partial, "w");
  try {
    const study = await source.getStudy(query.studyId);
    const counts = await source.countTrajectories(query);
    const withdrawals = await source.withdrawals(query);
    const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
    let bytes = await writeFrame(file, { takenAtMs, study, counts, withdrawals } satisfies Head);
    let done = 0;
    for await (const trajectories of readTrajectoryPages(source, query, signal ? { signal } : {})) {
      const ids = trajectories.map((one) => one.id);
      const decided = await source.findDecisions?.(ids, query.startedBeforeMs);
      bytes += await writeFrame(file, { trajectories, decisions: [...(decided ?? [])] } satisfies Page);
      done += trajectories.length;
      onProgress?.({ done, total: Math.max(done, total), bytes });
      // Lets a request to stop in, between pages of a database that answers at once.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writeFrame(file, { trajectories: [], decisions: [] } satisfies Page);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(partial, { force: true });
    throw error;
  }
  await file.close();
  await link(partial, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(partial, { force: true });
}

async function writeFrame(file: FileHandle, value: Head | Page): Promise<number> {
  const text = Buffer.from(JSON.stringify(value), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.byteLength);
  await file.writeFile(length);
  await file.writeFile(text);
  return length.byteLength + text.byteLength;
}

export interface OpenSnapshotFile {
  takenAtMs: number;
  withdrawals: string;
  /** Gives its trajectories once, from the first to the last; asks for no others are answered. */
  source: DatasetSource;
  close(): Promise<void>;
}

/** Null when there is no such file. */
export async function openSnapshotFile(path: string): Promise<OpenSnapshotFile | null> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!file) return null;
  const head = (await readFrame(file).catch(() => null)) as Head | null;
  if (!head) {
    await file.close();
    throw new Error("a snapshot without a head");
  }
  /** By the first trajectory of their page, until they are asked for: the page after it may have been read already. */
  const decisions = new Map<string, Page["decisions"]>();
  let lastId = "";
  return {
    takenAtMs: head.takenAtMs,
    withdrawals: head.withdrawals,
    source: {
      getStudy: async () => head.study,
      countTrajectories: async () => head.counts,
      withdrawals: async () => head.withdrawals,
      async listTrajectories({ after, limit }) {
        if ((after?.id ?? "") !== lastId)
          throw new Error("a snapshot is read from its first page to its last");
        const frame = await readPage(file);
        const page = frame.trajectories;
        // Whoever gets a short page asks for no more.
        if (page.length > 0 && page.length < limit && (await readPage(file)).trajectories.length > 0)
          throw new Error("pages of a snapshot have a fixed size");
        if (page.length > limit) throw new Error("pages of a snapshot have a fixed size");
        const [first] = page;
        if (first) decisions.set(first.id, frame.decisions);
        lastId = page.at(-1)?.id ?? lastId;
        return page;
      },
      async findDecisions([firstId = ""]) {
        const found = decisions.get(firstId);
        decisions.delete(firstId);
        return new Map(found);
      },
    },
    close: () => file.close(),
  };
}

async function readPage(file: FileHandle): Promise<Page> {
  const frame = (await readFrame(file)) as Page | null;
  if (!frame) throw new Error("a snapshot without its last page");
  return frame;
}

async function readFrame(file: FileHandle): Promise<unknown> {
  const length = Buffer.alloc(4);
  const { bytesRead } = await file.read(length, 0, 4);
  if (bytesRead === 0) return null;
  const text = Buffer.allocUnsafe(length.readUInt32LE());
  for (let at = 0; at < text.byteLength; ) {
    const { bytesRead: n } = await file.read(text, at, text.byteLength - at);
    if (n === 0) throw new Error("a snapshot ends in the middle of a page");
    at += n;
  }
  return JSON.parse(text.toString("utf8")) as unknown;
}
