/** A nested row of a bundle, with what other tables say of it, as a trajectory that exporters and database know. */

import type { VsPrevious } from "../../app/domain/evaluation.ts";
import { asksVsPrevious } from "../../app/domain/evaluation.ts";
import type { Source } from "../../app/domain/vocabulary.ts";
import { partsOf } from "../privacy/consent.ts";
import type { SourceCandidate, SourceRater, SourceTrajectory, SourceTurn } from "../source.ts";
import type { Report } from "./check-values.ts";
import type { CsvRow } from "./csv-table.ts";

export interface NestedImage {
  image_id: string;
  image_index: number;
  display_row: number;
  sha256: string;
  file_name: string;
  seed: number;
}
export interface NestedColumn {
  column_id: string;
  column_index: number;
  display_position: number;
  prompt: string;
  category: string;
  satisfaction: number | null;
  images: NestedImage[];
}
export interface NestedTurn {
  turn_index: number;
  slate_shown_at: string | null;
  slate_shown_elapsed_ms: number | null;
  chosen_at: string | null;
  chosen_elapsed_ms: number | null;
  chosen_column_index: number | null;
  critique: string;
  critique_sent_to_agent: string;
  confirmed_column_index: number | null;
  rationale: string;
  turn_satisfaction: number | null;
  vs_previous: VsPrevious | null;
  active_ms: number | null;
  idle_ms: number | null;
  waiting_ms: number | null;
  columns: NestedColumn[];
}
export interface NestedTrajectory {
  trajectory_id: string;
  source: Source;
  study_id: string;
  study_version: number;
  arm_id: string | null;
  arm_probability: number | null;
  agent_version: string;
  t2i_model: string;
  rater_id: string;
  status: "complete" | "abandoned";
  split: string;
  initial_prompt: string;
  num_turns: number;
  started_at: string;
  completed_at: string | null;
  completed_elapsed_ms: number | null;
  user_type: number | null;
  turns: NestedTurn[];
}

/** What the flat tables hold of one trajectory. */
export interface FlatParts {
  turns: CsvRow[];
  images: CsvRow[];
  candidates: CsvRow[];
}

/** Where a problem is told: in the nested row, or in a row of a flat file. */
export interface Reports {
  nested: Report;
  flat(table: keyof FlatParts, row: number | null, column: string, message: string): void;
}

/** Everything but the start, which depends on the trajectories before. Null when a fault was reported. */
export function toTrajectory(
  nested: NestedTrajectory,
  flat: FlatParts,
  rater: SourceRater,
  startedAtMs: number,
  reports: Reports,
): SourceTrajectory | null {
  let ok = true;
  const fail = (column: string, message: string) => {
    ok = false;
    reports.nested(column, message);
  };
  const flatFail: Reports["flat"] = (...problem) => {
    ok = false;
    reports.flat(...problem);
  };
  checkShape(nested, fail);
  const turnIds = new Map(flat.turns.map(({ values }) => [values.turn_index, values.turn_id as string]));
  const images = new Map(flat.images.map((row) => [row.values.image_id as string, row]));
  const candidates = candidatesByTurn(flat.candidates, turnIds, flatFail);
  if (flat.turns.length !== nested.turns.length || turnIds.size !== nested.turns.length)
    fail("turns", `has ${nested.turns.length} turns, but turns.csv has ${flat.turns.length} rows of it`);
  const turns = nested.turns.map((turn, t): SourceTurn => {
    const path = `turns[${t}]`;
    const turnId = turnIds.get(turn.turn_index);
    if (turnId === undefined) fail(`${path}.turn_index`, "turns.csv has no such turn of this trajectory");
    const columnId = (index: number | null, name: string): string | null => {
      if (index === null) return null;
      const found = turn.columns.find((column) => column.column_index === index);
      if (!found) fail(`${path}.${name}`, `there is no column ${index} in this turn`);
      return found?.column_id ?? null;
    };
    const chosen = columnId(turn.chosen_column_index, "chosen_column_index");
    return {
      id: turnId ?? "",
      turnIndex: turn.turn_index,
      agentVersion: nested.agent_version,
      t2iModel: nested.t2i_model,
      shownAtMs: plus(startedAtMs, turn.slate_shown_elapsed_ms),
      choice:
        chosen === null
          ? null
          : {
              columnId: chosen,
              critique: turn.critique,
              critiqueSentToAgent: turn.critique_sent_to_agent,
              chosenAtMs: startedAtMs + (turn.chosen_elapsed_ms ?? 0),
              activeMs: turn.active_ms,
              idleMs: turn.idle_ms,
              waitingMs: turn.waiting_ms,
            },
      evaluation: hasEvaluation(turn)
        ? {
            confirmedColumnId: columnId(turn.confirmed_column_index, "confirmed_column_index"),
            rationale: turn.rationale,
            vsPrevious: turn.vs_previous,
            turnSatisfaction: turn.turn_satisfaction,
          }
        : null,
      candidates: candidates.get(turn.turn_index) ?? [],
      columns: turn.columns.map((column, c) => ({
        id: column.column_id,
        columnIndex: column.column_index,
        displayPosition: column.display_position,
        prompt: column.prompt,
        category: column.category,
        satisfaction: column.satisfaction,
        images: column.images.map((image, m) => {
          const at = `${path}.columns[${c}].images[${m}]`;
          const row = images.get(image.image_id);
          images.delete(image.image_id);
          if (!row) fail(`${at}.image_id`, `images.csv has no row of ${image.image_id}`);
          else compareImage(image, column, turn, row, flatFail);
          return {
            id: image.image_id,
            imageIndex: image.image_index,
            displayRow: image.display_row,
            seed: image.seed,
            model: String(row?.values.model ?? ""),
            sha256: image.sha256,
            byteSize: Number(row?.values.byte_size ?? 0),
            mimeType: String(row?.values.mime_type ?? ""),
            widthPx: Number(row?.values.width ?? 0),
            heightPx: Number(row?.values.height ?? 0),
          };
        }),
      })),
    };
  });
  for (const row of images.values())
    flatFail("images", row.row, "image_id", "trajectories.jsonl has no such image in this trajectory");
  const trajectory: SourceTrajectory = {
    id: nested.trajectory_id,
    studyId: nested.study_id,
    studyVersion: nested.study_version,
    sizes: { horizon: 0, columnCount: 0, imagesPerColumn: 0 },
    consentAsked: false,
    raterId: nested.rater_id,
    rater,
    source: nested.source,
    status: nested.status === "complete" ? "submitted" : "expired",
    split: nested.split,
    initialPrompt: nested.initial_prompt,
    armId: nested.arm_id,
    armProbability: nested.arm_probability,
    userType: nested.user_type,
    startedAtMs,
    completedAtMs: plus(startedAtMs, nested.completed_elapsed_ms),
    turns,
  };
  if (nested.status === "complete")
    checkComplete(nested, partsOf(trajectory).freeText && nested.initial_prompt !== "", fail);
  return ok ? trajectory : null;
}

const plus = (startedAtMs: number, elapsedMs: number | null) =>
  elapsedMs === null ? null : startedAtMs + elapsedMs;

function hasEvaluation(turn: NestedTurn): boolean {
  return (
    turn.confirmed_column_index !== null ||
    turn.rationale !== "" ||
    turn.turn_satisfaction !== null ||
    turn.vs_previous !== null
  );
}

/** Indices run from 0 and positions are permutations; what belongs together is there together. */
function checkShape(nested: NestedTrajectory, fail: Report): void {
  if (nested.num_turns !== nested.turns.length)
    fail("num_turns", `says ${nested.num_turns}, but there are ${nested.turns.length} turns`);
  if (nested.study_version < 1) fail("study_version", "must be 1 at least");
  const p = nested.arm_probability;
  if (p !== null && !(p > 0 && p <= 1)) fail("arm_probability", "must be above 0 and at most 1");
  if ((nested.completed_at === null) !== (nested.completed_elapsed_ms === null))
    fail("completed_at", "must be null exactly when completed_elapsed_ms is");
  let before = -1;
  for (const [t, turn] of nested.turns.entries()) {
    const path = `turns[${t}]`;
    if (turn.turn_index <= before) fail(`${path}.turn_index`, "must be above that of the turn before");
    before = turn.turn_index;
    const together = [turn.chosen_at, turn.chosen_elapsed_ms, turn.chosen_column_index].map(
      (v) => v === null,
    );
    if (new Set(together).size > 1)
      fail(`${path}.chosen_at`, "must be null exactly when no column was chosen");
    if ((turn.slate_shown_at === null) !== (turn.slate_shown_elapsed_ms === null))
      fail(`${path}.slate_shown_at`, "must be null exactly when slate_shown_elapsed_ms is");
    if (turn.chosen_column_index === null && (turn.critique !== "" || turn.critique_sent_to_agent !== ""))
      fail(`${path}.critique`, "stands in a turn without a choice");
    checkPermutation(turn.columns, "column_index", "display_position", `${path}.columns`, fail);
    for (const [c, column] of turn.columns.entries())
      checkPermutation(column.images, "image_index", "display_row", `${path}.columns[${c}].images`, fail);
  }
}

function checkPermutation<K extends string>(
  items: readonly { [key in K]: unknown }[],
  index: K,
  position: K,
  path: string,
  fail: Report,
): void {
  const positions = new Set<unknown>();
  for (const [i, item] of items.entries()) {
    if (item[index] !== i) fail(`${path}[${i}].${index}`, `must be ${i}`);
    const at = item[position] as number;
    if (at < 0 || at >= items.length || positions.has(at))
      fail(`${path}[${i}].${position}`, `must be one of 0 to ${items.length - 1}, each once`);
    positions.add(at);
  }
}

/** The answers of a complete trajectory; texts may have been withheld. */
function checkComplete(nested: NestedTrajectory, hasFreeText: boolean, fail: Report): void {
  if (nested.completed_at === null) fail("completed_at", "must not be null: the trajectory is complete");
  for (const [t, turn] of nested.turns.entries()) {
    const path = `turns[${t}]`;
    if (turn.turn_index !== t) fail(`${path}.turn_index`, "a turn before this one is missing");
    if (turn.chosen_column_index === null)
      fail(`${path}.chosen_column_index`, "a complete trajectory has a choice here");
    if (turn.confirmed_column_index === null)
      fail(`${path}.confirmed_column_index`, "a complete trajectory has an answer here");
    if (hasFreeText && turn.rationale === "")
      fail(`${path}.rationale`, "a complete trajectory has a text here");
    if (turn.turn_satisfaction === null)
      fail(`${path}.turn_satisfaction`, "a complete trajectory has an answer here");
    if (asksVsPrevious(turn.turn_index) !== (turn.vs_previous !== null))
      fail(`${path}.vs_previous`, "is answered in every turn but the first");
    for (const [c, column] of turn.columns.entries())
      if (column.satisfaction === null)
        fail(`${path}.columns[${c}].satisfaction`, "a complete trajectory has an answer here");
  }
}

function compareImage(
  image: NestedImage,
  column: NestedColumn,
  turn: NestedTurn,
  { row, values }: CsvRow,
  fail: Reports["flat"],
): void {
  const expected = {
    column_id: column.column_id,
    turn_index: turn.turn_index,
    column_index: column.column_index,
    image_index: image.image_index,
    sha256: image.sha256,
    file_name: image.file_name,
    seed: image.seed,
  };
  for (const [name, value] of Object.entries(expected))
    if (values[name] !== value)
      fail(
        "images",
        row,
        name,
        `is ${JSON.stringify(values[name])}, but ${JSON.stringify(value)} in trajectories.jsonl`,
      );
  if (!/^[0-9a-f]{64}$/.test(image.sha256)) fail("images", row, "sha256", "must be a SHA-256 in hex");
  for (const name of ["width", "height", "byte_size"])
    if (!((values[name] as number) > 0 && (values[name] as number) < 2 ** 31))
      fail("images", row, name, "must be above 0 and below 2^31");
}

function candidatesByTurn(
  rows: readonly CsvRow[],
  turnIds: ReadonlyMap<unknown, string>,
  fail: Reports["flat"],
): Map<number, SourceCandidate[]> {
  const out = new Map<number, SourceCandidate[]>();
  for (const { row, values } of rows) {
    const turnIndex = values.turn_index as number;
    if (!turnIds.has(turnIndex))
      fail("candidates", row, "turn_index", "there is no such turn in this trajectory");
    const list = out.get(turnIndex) ?? [];
    const last = list.at(-1)?.candidateIndex ?? -1;
    if ((values.candidate_index as number) <= last)
      fail("candidates", row, "candidate_index", "must be above that of the row before");
    const p = values.propensity as number | null;
    if (p !== null && !(p >= 0 && p <= 1)) fail("candidates", row, "propensity", "must be from 0 to 1");
    list.push({
      candidateIndex: values.candidate_index as number,
      prompt: values.prompt as string,
      category: values.category as string,
      inSlate: values.in_slate as boolean,
      selectorScore: values.selector_score as number | null,
      propensity: p,
    });
    out.set(turnIndex, list);
  }
  return out;
}
