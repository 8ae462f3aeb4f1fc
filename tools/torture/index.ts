/**
 * `npm run torture [R3 R5 …] [--short] [--seed N] [--only sqlite|postgres] [--minutes N]`: runs the reliability experiments, prints a
 * table, and writes docs/measurements.md when all of them ran in full. Exit code 1 when one found a violation, or when
 * a checker did not notice a deliberately broken variant.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Dialect } from "../../db/kit.ts";
import { startPostgres, type TestPostgres } from "../../tests/support/postgres.ts";
import { type Figure, writeMeasurements } from "../bench/write-measurements.ts";
import { findPostgresBin } from "../run/lib/machine.mjs";
import { type Experiment, folderMaker, type Stand, toFigure } from "./experiment.ts";

/** Loaded when asked for, so that one experiment can run while another is being worked on. */
const EXPERIMENTS: Record<string, () => Promise<Experiment>> = {
  R3: async () => (await import("./r3/index.ts")).experiment,
  R4: async () => (await import("./r4/index.ts")).experiment,
  /** With R6, which counts the same run's calls. */
  R5: async () => (await import("./r5/index.ts")).experiment,
  /** Opens and aborts 10,000 event streams, then goes on for --minutes. */
  R9: async () => (await import("./r9/index.ts")).experiment,
  R7: async () => (await import("./r7/index.ts")).experiment,
  R11: async () => (await import("./r11/index.ts")).experiment,
};

const { values: flags, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    minutes: { type: "string", default: "60" },
  },
});

const ids = asked.length > 0 ? asked : Object.keys(EXPERIMENTS);
const unknown = ids.find((id) => !EXPERIMENTS[id]);
if (unknown) {
  throw new Error(`there is no experiment "${unknown}"; there are ${Object.keys(EXPERIMENTS).join(", ")}`);
}
const dialects = (["sqlite", "postgres"] as const).filter(
  (dialect) =>
    (!flags.only || flags.only === dialect) && (dialect === "sqlite" || Boolean(findPostgresBin())),
);
if (!flags.only && dialects.length === 1) process.stderr.write("PostgreSQL is not installed: left out\n");

const dir = mkdtempSync(join(process.env.TORTURE_DIR ?? tmpdir(), "turnwise-torture-"));
const newFolder = folderMaker(dir);
let postgres: TestPostgres | undefined;
const stand: Stand = {
  dir,
  seed: Number(flags.seed),
  short: flags.short,
  soakMinutes: Number(flags.minutes),
  dialects,
  newFolder,
  async newDatabase(dialect: Dialect) {
    if (dialect === "sqlite") return `file:${join(newFolder("db"), "torture.db")}`;
    postgres ??= await startPostgres();
    return postgres.createDatabase();
  },
  log: (line) => process.stderr.write(`${line}\n`),
};

const figures: Figure[] = [];
try {
  for (const id of ids) {
    stand.log(`running ${id} …`);
    const experiment = await (EXPERIMENTS[id] as () => Promise<Experiment>)();
    for (const finding of await experiment.run(stand)) {
      const figure = toFigure(id, finding);
      figures.push(figure);
      process.stdout.write(
        `${id.padEnd(4)} ${figure.met ? "pass" : "FAIL"}  ${figure.value}  (${figure.target})  ${figure.what}\n      ${figure.detail}\n`,
      );
    }
  }
} finally {
  await postgres?.stop();
  rmSync(dir, { recursive: true, force: true });
}
const isWhole = asked.length === 0 && !flags.short && !flags.only;
if (isWhole && figures.length > 0) writeMeasurements("torture", figures);
process.exitCode = figures.every((figure) => figure.met) ? 0 : 1;
