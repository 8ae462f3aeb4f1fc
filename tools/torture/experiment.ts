/** What the experiments of `npm run torture` have in common. */
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../db/kit.ts";
import type { Figure } from "../bench/write-measurements.ts";

/** What an experiment gets to work with; everything in `dir` is removed afterwards. */
export interface Stand {
  /** A folder of the run. */
  dir: string;
  /** Seed of everything that is drawn: the same seed gives the same experiment. */
  seed: number;
  /** A fraction of the cases, for a quick look. */
  short: boolean;
  /** How long an experiment that soaks goes on, where it says so. */
  soakMinutes: number;
  /** Databases that can be had here: always SQLite, and PostgreSQL where it is installed. */
  dialects: readonly Dialect[];
  /** Address of a new, empty database. */
  newDatabase(dialect: Dialect): Promise<string>;
  /** A new folder. */
  newFolder(name: string): string;
  /** Progress, to stderr. */
  log(line: string): void;
}

/**
 * One reliability experiment (targets R1 …). It gives a row per database, and each row says whether the checker was
 * itself checked: run against a deliberately broken variant, it must report violations.
 */
export interface Experiment {
  id: string;
  run(stand: Stand): Promise<Finding[]>;
}

export interface Finding {
  what: string;
  /** E.g. "SQLite", "PostgreSQL + S3". */
  where: string;
  /** Faults, claims, submits … that were tried. */
  cases: number;
  /** What was wrong, in words; empty = passed. */
  violations: readonly string[];
  target: string;
  /** Broken variants that were tried, and whether the checker noticed them. */
  sabotage: readonly { variant: string; caught: boolean }[];
  /** Further figures. */
  detail: string;
}

export function toFigure(id: string, f: Finding): Figure {
  const missed = f.sabotage.filter((s) => !s.caught);
  const checked =
    f.sabotage.length === 0
      ? "checker not checked"
      : missed.length === 0
        ? `checker caught ${f.sabotage.map((s) => s.variant).join(", ")}`
        : `checker MISSED ${missed.map((s) => s.variant).join(", ")}`;
  return {
    id,
    what: `${f.what}, ${f.where}`,
    value: `${f.violations.length} violations in ${f.cases}`,
    target: f.target,
    met: f.violations.length === 0 && missed.length === 0,
    detail: [f.detail, checked, ...f.violations.slice(0, 3)].filter(Boolean).join("; "),
  };
}

export const DATABASE_NAMES: Record<Dialect, string> = { sqlite: "SQLite", postgres: "PostgreSQL" };

/** Folders below `dir`, each with a name of its own. */
export function folderMaker(dir: string): (name: string) => string {
  return (name) => mkdtempSync(join(dir, `${name}-`));
}
