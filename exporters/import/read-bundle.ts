/** The trajectories of an opened bundle, one after the other, each checked by itself and against the flat tables. */
import { join } from "node:path";
import { ABOUT_YOU_QUESTIONS } from "../../app/domain/study-parts.ts";
import { CONSENT_SCOPES, type ConsentScope } from "../../app/domain/vocabulary.ts";
import { SCHEMA_VERSION } from "../records.ts";
import type { SourceRater, SourceTrajectory } from "../source.ts";
import { candidatesTable, imagesTable, ratersTable, trajectoriesTable, turnsTable } from "../tables/index.ts";
import { checkObject } from "./check-values.ts";
import { CsvTable } from "./csv-table.ts";
import type { OpenBundle } from "./open-bundle.ts";
import type { BundleProblems } from "./problems.ts";
import { readLines, UnreadableRow } from "./read-text.ts";
import { StartTimes } from "./start-times.ts";
import { type NestedTrajectory, toTrajectory } from "./to-trajectory.ts";

const NESTED = "trajectories.jsonl";

/**
 * Yields what is sound; what is not is reported and passed over, so that one pass finds every problem. Memory grows with
 * the raters and the ids of the trajectories only.
 */
export async function* readBundle(
  { folder, manifest, release }: OpenBundle,
  problems: BundleProblems,
): AsyncGenerator<SourceTrajectory> {
  const path = (name: string) => join(folder, name);
  const raters = await readRaters(path("raters.csv"), problems);
  const tables = {
    turns: new CsvTable(path("turns.csv"), "turns.csv", turnsTable, problems),
    images: new CsvTable(path("images.csv"), "images.csv", imagesTable, problems),
    candidates: new CsvTable(path("candidates.csv"), "candidates.csv", candidatesTable, problems),
  };
  const opened = [];
  for (const table of Object.values(tables)) opened.push(await table.open());
  const usable = opened.every(Boolean) && raters !== null;
  const starts = new StartTimes(release.profile);
  const seen = new Set<string>();
  const used = new Set<string>();
  let rows = 0;
  try {
    for await (const { row, text } of readLines(path(NESTED))) {
      rows += 1;
      const report = (column: string, message: string) => problems.add(NESTED, row, column, message);
      const nested = parseLine(text, release.studyId, report);
      if (!nested) continue;
      const id = nested.trajectory_id;
      if (seen.has(id)) report("trajectory_id", `${id} is there twice`);
      seen.add(id);
      for (const one of repeated(nested)) report("turns", `the id ${one} is there twice`);
      used.add(nested.rater_id);
      const startedAtMs = starts.next(nested, report);
      if (!usable) continue;
      const flat = {
        turns: await tables.turns.take(id),
        images: await tables.images.take(id),
        candidates: await tables.candidates.take(id),
      };
      const rater = raters.get(nested.rater_id);
      if (!rater) report("rater_id", `raters.csv has no rater ${nested.rater_id}`);
      if (!rater || startedAtMs === null) continue;
      const trajectory = toTrajectory(nested, flat, rater, startedAtMs, {
        nested: report,
        flat: (table, at, column, message) => problems.add(`${table}.csv`, at, column, message),
      });
      if (trajectory) yield trajectory;
    }
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    problems.add(NESTED, error.row, "", error.message);
    return;
  }
  if (rows !== manifest.counts.trajectories)
    problems.add(
      "manifest.json",
      null,
      "counts.trajectories",
      `says ${manifest.counts.trajectories}, but ${NESTED} has ${rows} rows`,
    );
  if (!usable) return;
  for (const table of Object.values(tables)) await table.finish();
  for (const id of raters.keys())
    if (!used.has(id)) problems.add("raters.csv", null, "rater_id", `${id} has no trajectory`);
}

function parseLine(
  text: string,
  studyId: string,
  report: (column: string, message: string) => void,
): NestedTrajectory | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    report("", "is no JSON");
    return null;
  }
  if (!checkObject(trajectoriesTable.columns, value, "", report)) return null;
  const nested = value as NestedTrajectory & { schema_version: string };
  if (nested.schema_version !== SCHEMA_VERSION) report("schema_version", `must be "${SCHEMA_VERSION}"`);
  if (nested.study_id !== studyId) report("study_id", `must be ${studyId}, as in manifest.json`);
  return nested;
}

/** Ids of columns and images that occur twice in a trajectory. */
function repeated(nested: NestedTrajectory): string[] {
  const ids = nested.turns.flatMap((turn) =>
    turn.columns.flatMap((column) => [column.column_id, ...column.images.map((image) => image.image_id)]),
  );
  const seen = new Set<string>();
  return ids.filter((id) => {
    if (seen.has(id)) return true;
    seen.add(id);
    return false;
  });
}

async function readRaters(path: string, problems: BundleProblems): Promise<Map<string, SourceRater> | null> {
  const table = new CsvTable(path, "raters.csv", ratersTable, problems);
  if (!(await table.open())) return null;
  const raters = new Map<string, SourceRater>();
  for (let row = await table.next(); row; row = await table.next()) {
    const { values } = row;
    const id = values.rater_id as string;
    const report = (column: string, message: string) =>
      problems.add("raters.csv", row?.row ?? null, column, message);
    if (raters.has(id)) report("rater_id", `${id} is there twice`);
    const version = values.consent_version as number | null;
    const scopes = (values.consent_scopes as string).split(" ").filter((scope) => scope !== "");
    for (const scope of scopes)
      if (!(CONSENT_SCOPES as readonly string[]).includes(scope))
        report("consent_scopes", `there is no scope "${scope}"`);
    if (version === null && scopes.length > 0) report("consent_scopes", "stands without a consent_version");
    raters.set(id, {
      id,
      pool: values.pool as string,
      locale: values.locale as string,
      consent: version === null ? null : { version, scopes: scopes as ConsentScope[], withdrawn: false },
      demographics: Object.fromEntries(
        ABOUT_YOU_QUESTIONS.flatMap((question) => {
          const answer = values[question];
          return typeof answer === "string" ? [[question, answer]] : [];
        }),
      ),
      names: [],
    });
  }
  return raters;
}
