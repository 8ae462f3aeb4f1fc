/** The whole check of a bundle: what its rows say must give its files again. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBundle } from "../bundle/write-bundle.ts";
import type { DatasetSource, SourceTrajectory } from "../source.ts";
import { allTables, TABLE_FORMATS } from "../tables/index.ts";
import { type OpenBundle, openBundle } from "./open-bundle.ts";
import { BundleProblems } from "./problems.ts";
import { readBundle } from "./read-bundle.ts";
import { readCsv, readLines } from "./read-text.ts";

export interface CheckedBundle extends OpenBundle {
  /** Documents that this version of Turnwise words differently; an export of the imported study has its own. */
  reworded: string[];
}

/**
 * Reads every file and throws a {@link BundleError} with all that is wrong. The tables are written anew into a temporary
 * folder and compared: a bundle that passes is one that its own rows explain to the last byte. Needs as much space there
 * as the tables take.
 */
export async function checkBundle(
  folder: string,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<CheckedBundle> {
  const problems = new BundleProblems();
  const bundle = await openBundle(folder, problems);
  if (!bundle) problems.assertNone();
  // Files that are missing or damaged would only be reported again, row by row.
  problems.assertNone();
  const open = bundle as OpenBundle;
  const temporary = await mkdtemp(join(tmpdir(), "turnwise-import-"));
  try {
    const { release } = open;
    const outDir = join(temporary, "again");
    const written = await writeBundle(bundleSource(open, problems), {
      studyId: release.studyId,
      profile: release.profile,
      include: release.include,
      formats: release.formats,
      tables: release.tables,
      images: null,
      releaseKey: null,
      splits: null,
      startedBeforeMs: Number.MAX_SAFE_INTEGER,
      builtAtMs: release.builtAtMs,
      softwareVersion: release.softwareVersion,
      outDir,
      signal,
      onProgress: ({ done }) => onProgress?.(done, open.manifest.counts.trajectories),
    });
    problems.assertNone();
    const reworded = await compare(open, outDir, written.files, problems);
    problems.assertNone();
    return { ...open, reworded };
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The bundle as exporters read a database: each page once, in order. */
function bundleSource(bundle: OpenBundle, problems: BundleProblems): DatasetSource {
  const { release, manifest } = bundle;
  const rows = readBundle(bundle, problems);
  return {
    async getStudy(id) {
      return { id, name: release.info.title, ...release.sizes, imported: release };
    },
    async countTrajectories() {
      return { submitted: manifest.counts.trajectories };
    },
    async withdrawals() {
      return "";
    },
    async listTrajectories({ limit }) {
      const page: SourceTrajectory[] = [];
      while (page.length < limit) {
        const next = await rows.next();
        if (next.done) break;
        page.push(next.value);
      }
      return page;
    },
  };
}

async function compare(
  { folder, manifest, release }: OpenBundle,
  again: string,
  written: readonly { name: string; sha256: string }[],
  problems: BundleProblems,
): Promise<string[]> {
  const hashes = new Map(written.map(({ name, sha256 }) => [name, sha256]));
  const tables = new Set(
    allTables().flatMap(({ table }) => TABLE_FORMATS.map((format) => `${table.name}.${format}`)),
  );
  const reworded: string[] = [];
  for (const { name, sha256 } of manifest.files) {
    if (hashes.get(name) === sha256) continue;
    // With archives, these name them; reading them has compared them with the trajectories already.
    if (release.images !== null && (name.startsWith("images.") || !hashes.has(name))) continue;
    if (!tables.has(name)) {
      if (release.images === null) reworded.push(name);
      continue;
    }
    const row = await firstDifference(join(folder, name), join(again, name));
    problems.add(name, row, "", "Differs from what trajectories.jsonl and the tables that it names say.");
  }
  return reworded;
}

/** 1-based row at which two files part; null for formats without rows to point at. */
async function firstDifference(a: string, b: string): Promise<number | null> {
  if (a.endsWith(".parquet")) return null;
  const read = (path: string): AsyncGenerator<{ row: number }> =>
    a.endsWith(".csv") ? readCsv(path) : readLines(path);
  const [left, right] = [read(a), read(b)];
  for (let row = 1; ; row++) {
    const [one, other] = await Promise.all([left.next(), right.next()]).catch(() => [null, null]);
    if (!one || !other || one.done || other.done) return row;
    if (JSON.stringify(one.value) !== JSON.stringify(other.value)) return row;
  }
}
