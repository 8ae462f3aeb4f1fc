/** R11: a backup taken while people work, restored elsewhere, exports the bytes that the database had at that moment. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import { openSnapshot } from "../../../db/snapshot.ts";
import { openStore } from "../../../db/store.ts";
import { writeBundle } from "../../../exporters/index.ts";
import { FILLED_BEFORE_MS, FILLED_STUDY_ID, fillPostgres, fillSqlite } from "../../bench/fill-study.ts";
import { findPostgresBin } from "../../run/lib/machine.mjs";
import { withDatabase } from "../database.ts";
import { DATABASE_NAMES, type Experiment, type Finding, type Stand } from "../experiment.ts";

const run = promisify(execFile);
const TRAJECTORIES = { short: 40, full: 2_000 };
const KEY = Buffer.alloc(32, 7);

export const experiment: Experiment = {
  id: "R11",
  async run(stand) {
    const findings: Finding[] = [];
    for (const dialect of stand.dialects) findings.push(await backUp(stand, dialect));
    return findings;
  },
};

async function backUp(stand: Stand, dialect: "sqlite" | "postgres"): Promise<Finding> {
  const trajectories = stand.short ? TRAJECTORIES.short : TRAJECTORIES.full;
  const url = await stand.newDatabase(dialect);
  await (await openStore(url)).close();
  if (dialect === "sqlite") fillSqlite(fileOf(url), trajectories);
  else await fillPostgres(url, trajectories);
  const before = await exported(stand, url);
  const restored = await (dialect === "sqlite" ? copySqlite(stand, url) : copyPostgres(stand, url));
  // What is written after the backup must not be in it.
  await withDatabase(url, (query) => query("update choices set critique = 'written after the backup'"));
  const after = await exported(stand, restored);
  const violations = compare(before, after);
  // The checker must see one text that the restore got wrong.
  await withDatabase(restored, (query) =>
    query(
      "update turn_evaluations set rationale = 'x' where turn_id = (select min(turn_id) from turn_evaluations)",
    ),
  );
  const caught = compare(before, await exported(stand, restored)).length > 0;
  return {
    what: "backup → restore → export",
    where: DATABASE_NAMES[dialect],
    cases: before.size,
    violations,
    target: "byte-identical",
    sabotage: [{ variant: "one text changed by the restore", caught }],
    detail: `${before.size} files of ${trajectories} trajectories, by ${dialect === "sqlite" ? "VACUUM INTO" : "pg_dump and pg_restore"}`,
  };
}

const fileOf = (url: string) => url.replace(/^file:/, "");

async function copySqlite(stand: Stand, url: string): Promise<string> {
  const copy = join(stand.newFolder("restored"), "turnwise.db");
  const db = new Database(fileOf(url));
  try {
    db.prepare("vacuum into ?").run(copy);
  } finally {
    db.close();
  }
  return `file:${copy}`;
}

async function copyPostgres(stand: Stand, url: string): Promise<string> {
  // The server's folder may be one of links to some of its programs; the rest lies where they lead.
  const bin = dirname(realpathSync(join(findPostgresBin() as string, "initdb")));
  const dump = join(stand.newFolder("dump"), "turnwise.dump");
  const restored = await stand.newDatabase("postgres");
  await run(join(bin, "pg_dump"), ["--format=custom", "--file", dump, url]);
  await run(join(bin, "pg_restore"), ["--no-owner", "--dbname", restored, dump]);
  return restored;
}

/** SHA-256 of every file of a bundle, with a fixed key. */
async function exported(stand: Stand, url: string): Promise<Map<string, string>> {
  const outDir = join(stand.newFolder("bundle"), "bundle");
  // As a server would after a restore: it finds its migrations done.
  await (await openStore(url)).close();
  const snapshot = await openSnapshot(url);
  try {
    await writeBundle(datasetSource(snapshot.store), {
      studyId: FILLED_STUDY_ID,
      profile: "internal",
      include: "all",
      images: null,
      releaseKey: KEY,
      splits: { key: "r11", testUnseen: 0.1, testSeen: 0.1 },
      startedBeforeMs: FILLED_BEFORE_MS,
      builtAtMs: FILLED_BEFORE_MS,
      softwareVersion: "r11",
      outDir,
    });
  } finally {
    await snapshot.close();
  }
  const hash = (name: string) =>
    createHash("sha256")
      .update(readFileSync(join(outDir, name)))
      .digest("hex");
  return new Map(readdirSync(outDir).map((name) => [name, hash(name)]));
}

function compare(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).map((name) => `${name} differs`);
}
