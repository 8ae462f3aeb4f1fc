import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { datasetSource } from "../../db/repositories/dataset.ts";
import { openStore, type Store } from "../../db/store.ts";
import {
  newReleaseKey,
  softwareVersion,
  type TableFormat,
  type TableName,
  writeBundle,
} from "../../exporters/index.ts";
import { FILLED_BEFORE_MS, FILLED_STUDY_ID, fillSqlite, ROWS_PER_TRAJECTORY } from "./fill-study.ts";
import { compare, type Ratio } from "./measure.ts";

/** 444,000 rows of the database without the candidates. */
const TRAJECTORIES = 2_000;

/** The tables whose rows a nested trajectory holds. */
const DUMPED_TABLES = [
  "assignments",
  "trajectories",
  "turns",
  "slates",
  "choices",
  "turn_evaluations",
  "columns",
  "column_satisfactions",
  "images",
  "objects",
];

/** The same rows and columns as our CSV, in the same order, with the database's own ids and times. */
const CSV_QUERIES = [
  `select t.id, t.trajectory_id, tr.rater_id, t.turn_index, s.shown_at_ms, s.shown_at_ms - tr.started_at_ms, c.chosen_at_ms,
     c.chosen_at_ms - tr.started_at_ms, cc.column_index, c.critique, c.critique_sent_to_agent, ec.column_index, e.rationale,
     e.turn_satisfaction, e.vs_previous, c.active_ms, c.idle_ms, c.waiting_ms, c.column_id, c.column_id <> e.confirmed_column_id
   from trajectories tr join turns t on t.trajectory_id = tr.id join slates s on s.turn_id = t.id
     join choices c on c.turn_id = t.id join columns cc on cc.id = c.column_id
     join turn_evaluations e on e.turn_id = t.id join columns ec on ec.id = e.confirmed_column_id
   order by tr.started_at_ms, tr.id, t.turn_index`,
  `select k.id, k.turn_id, k.trajectory_id, t.turn_index, k.column_index, k.display_position, k.prompt, k.category,
     k.id = c.column_id, k.id = e.confirmed_column_id, s.satisfaction
   from trajectories tr join turns t on t.trajectory_id = tr.id join columns k on k.turn_id = t.id
     join choices c on c.turn_id = t.id join turn_evaluations e on e.turn_id = t.id
     join column_satisfactions s on s.column_id = k.id
   order by tr.started_at_ms, tr.id, t.turn_index, k.column_index`,
  `select i.id, i.column_id, i.trajectory_id, t.turn_index, k.column_index, i.image_index, i.sha256, '', i.id || '.png',
     o.width_px, o.height_px, o.byte_size, o.mime_type, i.model, i.seed
   from trajectories tr join turns t on t.trajectory_id = tr.id join columns k on k.turn_id = t.id
     join images i on i.column_id = k.id join objects o on o.sha256 = i.sha256
   order by tr.started_at_ms, tr.id, t.turn_index, k.column_index, i.image_index`,
];
const CSV_ROWS_PER_TRAJECTORY = 5 + 20 + 80;

/** null = there is no sqlite3 on this machine to compare with. */
export type ExportRatio = Ratio | null;

export const NO_SQLITE = "not measured: needs the command sqlite3 (Debian package sqlite3)";

/** P4: nested JSONL, pseudonymised, checked and hashed ÷ `.dump` of the tables that it is made from. Rows of the database. */
export function benchJsonlExport(dir: string): Promise<ExportRatio> {
  return withFilled(dir, "p4", async ({ file, exportOf }) => {
    if (!hasSqlite()) return null;
    const script = DUMPED_TABLES.map((table) => `.dump ${table}`);
    return compare(
      () => exportOf(["trajectories"], "jsonl", ROWS_PER_TRAJECTORY),
      () => sqlite([file, ...script], join(dir, "p4.sql"), ROWS_PER_TRAJECTORY),
    );
  });
}

/** P5: turns, columns and images as CSV ÷ `sqlite3 -csv` with queries that give the same rows. Rows of the files. */
export function benchCsvExport(dir: string): Promise<ExportRatio> {
  return withFilled(dir, "p5", async ({ file, exportOf }) => {
    if (!hasSqlite()) return null;
    return compare(
      () => exportOf(["turns", "columns", "images"], "csv", CSV_ROWS_PER_TRAJECTORY),
      () => sqlite(["-csv", "-header", file, ...CSV_QUERIES], join(dir, "p5.csv"), CSV_ROWS_PER_TRAJECTORY),
    );
  });
}

/** P6: nested Parquet ÷ nested JSONL of the same trajectories. */
export function benchParquetExport(dir: string): Promise<Ratio> {
  return withFilled(dir, "p6", ({ exportOf }) =>
    compare(
      () => exportOf(["trajectories"], "parquet", ROWS_PER_TRAJECTORY),
      () => exportOf(["trajectories"], "jsonl", ROWS_PER_TRAJECTORY),
    ),
  );
}

interface Filled {
  file: string;
  /** Exports and returns rows a second. */
  exportOf(tables: TableName[], format: TableFormat, rowsPerTrajectory: number): Promise<number>;
}

async function withFilled<T>(dir: string, name: string, measure: (filled: Filled) => Promise<T>): Promise<T> {
  const file = join(dir, `${name}.db`);
  const store = await openStore(`file:${file}`);
  try {
    fillSqlite(file, TRAJECTORIES);
    return await measure({
      file,
      exportOf: (...args) => exportOnce(store, join(dir, `${name}-out`), ...args),
    });
  } finally {
    await store.close();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  }
}

async function exportOnce(
  store: Store,
  outDir: string,
  tables: TableName[],
  format: TableFormat,
  rowsPerTrajectory: number,
): Promise<number> {
  const started = performance.now();
  const { counts } = await writeBundle(datasetSource(store), {
    studyId: FILLED_STUDY_ID,
    profile: "internal",
    include: "all",
    tables,
    formats: [format],
    images: null,
    releaseKey: newReleaseKey(),
    splits: { key: "bench", testUnseen: 0.1, testSeen: 0.1 },
    startedBeforeMs: FILLED_BEFORE_MS,
    builtAtMs: 0,
    softwareVersion: softwareVersion(),
    outDir,
  });
  const seconds = (performance.now() - started) / 1000;
  if (counts.complete !== TRAJECTORIES) throw new Error(`${counts.complete} trajectories were exported`);
  rmSync(outDir, { recursive: true });
  return (TRAJECTORIES * rowsPerTrajectory) / seconds;
}

function hasSqlite(): boolean {
  return spawnSync("sqlite3", ["--version"]).status === 0;
}

/** Runs sqlite3 with its output in a file and returns rows a second. */
async function sqlite(args: string[], outFile: string, rowsPerTrajectory: number): Promise<number> {
  const out = openSync(outFile, "w");
  try {
    const started = performance.now();
    const child = spawn("sqlite3", args, { stdio: ["ignore", out, "inherit"] });
    const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    if (code !== 0) throw new Error(`sqlite3 ended with ${code}`);
    return (TRAJECTORIES * rowsPerTrajectory) / ((performance.now() - started) / 1000);
  } finally {
    closeSync(out);
    rmSync(outFile);
  }
}
