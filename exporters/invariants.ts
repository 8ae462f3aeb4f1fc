/**
 * A complete trajectory has H choices, H·L columns, H·L·M images, every answer, and the pairs of appendix D.3:
 * H·L(L−1)/2 within turns and H−1 across. For the paper's sizes 5, 20, 80, 39 and 30 + 4. A bundle that breaks this is
 * never published.
 */
import { answerCount, asksVsPrevious } from "../app/domain/evaluation.ts";
import { ExportError } from "./errors.ts";
import type { TrajectoryRecord, TurnRecord } from "./records.ts";
import type { SourceTrajectory, StudySizes } from "./source.ts";
import { preferencesTable } from "./tables/preferences.ts";

/** What one trajectory holds; summed up in the manifest. */
export interface Counts {
  turns: number;
  choices: number;
  columns: number;
  images: number;
  answers: number;
  inTurnPairs: number;
  crossTurnPairs: number;
}

/** What one trajectory holds, counted. */
export function countsOf(record: TrajectoryRecord): Counts {
  const counts: Counts = {
    turns: 0,
    choices: 0,
    columns: 0,
    images: 0,
    answers: 0,
    inTurnPairs: 0,
    crossTurnPairs: 0,
  };
  for (const turn of record.turns) {
    counts.turns += 1;
    counts.choices += turn.chosen ? 1 : 0;
    counts.columns += turn.columns.length;
    for (const column of turn.columns) counts.images += column.images.length;
    counts.answers += answersOf(turn);
  }
  preferencesTable.each(record, ({ kind }) => {
    if (kind === "in_turn") counts.inTurnPairs += 1;
    else counts.crossTurnPairs += 1;
  });
  return counts;
}

/** Answers of the evaluation phase that were given for one turn. */
function answersOf(turn: TurnRecord): number {
  let answers = turn.rationale === "" ? 0 : 1;
  if (turn.confirmed !== null) answers += 1;
  if (turn.turnSatisfaction !== null) answers += 1;
  if (turn.vsPrevious !== null) answers += 1;
  for (const column of turn.columns) if (column.satisfaction !== null) answers += 1;
  return answers;
}

/** Throws an {@link ExportError} that names the trajectory by its own id when a complete one is not. */
export function assertComplete(trajectory: SourceTrajectory, record: TrajectoryRecord): void {
  const breach = findBreach(record, trajectory.sizes);
  if (breach === null) return;
  throw new ExportError(
    `Trajectory ${trajectory.id} counts as complete, but ${breach}. Nothing was exported; mend or reject it first.`,
  );
}

function findBreach(record: TrajectoryRecord, sizes: StudySizes): string | null {
  const { horizon, columnCount, imagesPerColumn } = sizes;
  if (record.status !== "complete") return null;
  if (record.completedAt === null) return "it has no completion time";
  if (record.turns.length !== horizon) return `it has ${record.turns.length} turns instead of ${horizon}`;
  for (const [position, turn] of record.turns.entries()) {
    if (turn.turnIndex !== position) return `turn ${position + 1} is missing`;
    const breach = findTurnBreach(turn, columnCount, imagesPerColumn);
    if (breach !== null) return `turn ${position + 1} ${breach}`;
  }
  const { answers, inTurnPairs, crossTurnPairs } = countsOf(record);
  const expected = answerCount(horizon, columnCount);
  if (answers !== expected) return `it has ${answers} answers instead of ${expected}`;
  const inTurn = (horizon * columnCount * (columnCount - 1)) / 2;
  if (inTurnPairs !== inTurn) return `it gives ${inTurnPairs} pairs within turns instead of ${inTurn}`;
  if (crossTurnPairs !== horizon - 1)
    return `it gives ${crossTurnPairs} pairs across turns instead of ${horizon - 1}`;
  return null;
}

function findTurnBreach(turn: TurnRecord, columnCount: number, imagesPerColumn: number): string | null {
  if (turn.columns.length !== columnCount)
    return `has ${turn.columns.length} columns instead of ${columnCount}`;
  for (const [position, column] of turn.columns.entries()) {
    if (column.columnIndex !== position) return `lacks column ${position}`;
    if (column.images.length !== imagesPerColumn) {
      return `has ${column.images.length} images in column ${position} instead of ${imagesPerColumn}`;
    }
    if (column.satisfaction === null) return `lacks the satisfaction with column ${position}`;
  }
  if (!turn.chosen) return "has no choice";
  if (!turn.confirmed) return "lacks the confirmed column";
  if (turn.rationale === "") return "lacks the rationale";
  if (turn.turnSatisfaction === null) return "lacks the satisfaction with the turn";
  if (asksVsPrevious(turn.turnIndex) && turn.vsPrevious === null)
    return "lacks the comparison with the turn before";
  if (!asksVsPrevious(turn.turnIndex) && turn.vsPrevious !== null)
    return "compares with a turn that does not exist";
  return null;
}
