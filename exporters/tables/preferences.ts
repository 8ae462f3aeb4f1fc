/** Pairwise labels as appendix D.3 of the paper takes them from the evaluation. */
import { SOURCES } from "../../app/domain/vocabulary.ts";
import type { ColumnRecord, TrajectoryRecord, TurnRecord } from "../records.ts";
import { optional, required, type Table } from "./table.ts";

export interface PreferenceRow {
  kind: "in_turn" | "cross_turn";
  trajectory: TrajectoryRecord;
  turn: TurnRecord;
  column0: ColumnRecord;
  column1: ColumnRecord;
  /** 1, 0 or 0.5; label 1 is the rest to 1. */
  label0: number;
  margin: number | null;
}

export const preferencesTable: Table<PreferenceRow> = {
  name: "preferences",
  description:
    "One row per pair of columns: within a turn from the satisfactions, across turns from the comparison with the turn before.",
  primaryKey: ["pair_id"],
  foreignKeys: [
    { column: "column_id_0", table: "columns", references: "column_id" },
    { column: "column_id_1", table: "columns", references: "column_id" },
  ],
  columns: [
    required("pair_id", "id", "Name of the pair.", pairId),
    required(
      "kind",
      "string",
      "in_turn: two columns of one slate; cross_turn: the selected columns of the turn before and of this turn.",
      (r) => r.kind,
      { values: ["in_turn", "cross_turn"] },
    ),
    required("trajectory_id", "id", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
    required("rater_id", "id", "Pseudonym of the rater.", (r) => r.trajectory.raterId),
    required(
      "turn_index",
      "int",
      "0-based turn; of a cross_turn pair the later one.",
      (r) => r.turn.turnIndex,
    ),
    required(
      "column_id_0",
      "id",
      "First column; of a cross_turn pair the earlier one.",
      (r) => r.column0.columnId,
    ),
    required("column_id_1", "id", "Second column.", (r) => r.column1.columnId),
    required(
      "label_0",
      "number",
      "1 = the first is preferred, 0 = the second, 0.5 = neither.",
      (r) => r.label0,
    ),
    required("label_1", "number", "1 - label_0.", (r) => 1 - r.label0),
    optional(
      "margin",
      "int",
      "Difference of the satisfactions, 0 to 4; null for cross_turn pairs, whose answer has no size.",
      (r) => r.margin,
    ),
    required("source", "string", "human or simulated.", (r) => r.trajectory.source, { values: SOURCES }),
  ],
  each(trajectory, emit) {
    let before: TurnRecord | null = null;
    for (const turn of trajectory.turns) {
      inTurn(trajectory, turn, emit);
      // A turn that is missing between two has no pair: the comparison was with it.
      if (before && before.turnIndex === turn.turnIndex - 1) crossTurn(trajectory, before, turn, emit);
      before = turn;
    }
  },
};

/** The column that counts as selected: confirmed on a second look if there was one, else chosen. */
export function selectedOf(turn: TurnRecord): ColumnRecord | null {
  return turn.confirmed ?? turn.chosen;
}

function pairId({ kind, turn, column0, column1 }: PreferenceRow): string {
  const name = turn.turnId.slice(turn.turnId.indexOf("_") + 1);
  return kind === "in_turn"
    ? `pair_${name}_${column0.columnIndex}_${column1.columnIndex}`
    : `pair_${name}_previous`;
}

function inTurn(trajectory: TrajectoryRecord, turn: TurnRecord, emit: (row: PreferenceRow) => void): void {
  const { columns } = turn;
  for (const [i, column0] of columns.entries()) {
    if (column0.satisfaction === null) continue;
    for (let j = i + 1; j < columns.length; j++) {
      const column1 = columns[j] as ColumnRecord;
      if (column1.satisfaction === null) continue;
      const difference = column0.satisfaction - column1.satisfaction;
      const label0 = difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
      emit({ kind: "in_turn", trajectory, turn, column0, column1, label0, margin: Math.abs(difference) });
    }
  }
}

const LABEL_OF_PREVIOUS = { better: 0, worse: 1, same: 0.5 } as const;

function crossTurn(
  trajectory: TrajectoryRecord,
  before: TurnRecord,
  turn: TurnRecord,
  emit: (row: PreferenceRow) => void,
): void {
  const column0 = selectedOf(before);
  const column1 = selectedOf(turn);
  if (turn.vsPrevious === null || !column0 || !column1) return;
  const label0 = LABEL_OF_PREVIOUS[turn.vsPrevious];
  emit({ kind: "cross_turn", trajectory, turn, column0, column1, label0, margin: null });
}
