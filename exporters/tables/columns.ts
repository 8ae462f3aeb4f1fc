import { SATISFACTION_VALUES } from "../../app/domain/evaluation.ts";
import type { ColumnRecord, TrajectoryRecord, TurnRecord } from "../records.ts";
import { nestedImageColumns } from "./images.ts";
import { type Column, lift, list, optional, required, type ScalarColumn, type Table } from "./table.ts";

const columnId = required("column_id", "id", "Pseudonym of the column.", (c: ColumnRecord) => c.columnId);

const shared: readonly ScalarColumn<ColumnRecord>[] = [
  required("column_index", "int", "0-based column of the slate, in logical order.", (c) => c.columnIndex),
  required(
    "display_position",
    "int",
    "0-based position at which it was shown; 0 = column 1.",
    (c) => c.displayPosition,
  ),
  required(
    "prompt",
    "string",
    "Prompt expansion that the images were made from. Raters never saw it.",
    (c) => c.prompt,
  ),
  required("category", "string", "Category of the expansion.", (c) => c.category),
];

const satisfaction = optional(
  "satisfaction",
  "int",
  "The rater's satisfaction with the column by its best image: 1 very dissatisfied to 5 very satisfied; null = not rated.",
  (c: ColumnRecord) => c.satisfaction,
  { values: SATISFACTION_VALUES },
);

/** A column within a nested trajectory. */
export const nestedColumnColumns: readonly Column<ColumnRecord>[] = [
  columnId,
  ...shared,
  satisfaction,
  list("images", "Images of the column, by image_index.", nestedImageColumns, (c: ColumnRecord) => c.images),
];

export interface ColumnRow {
  trajectory: TrajectoryRecord;
  turn: TurnRecord;
  column: ColumnRecord;
}

const reach = (row: ColumnRow) => row.column;

export const columnsTable: Table<ColumnRow> = {
  name: "columns",
  description: "One row per column of a slate: one prompt expansion with its images.",
  primaryKey: ["column_id"],
  foreignKeys: [{ column: "turn_id", table: "turns", references: "turn_id" }],
  columns: [
    ...lift([columnId], reach),
    required("turn_id", "id", "The turn it belongs to.", (r) => r.turn.turnId),
    required("trajectory_id", "id", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
    required("turn_index", "int", "0-based turn.", (r) => r.turn.turnIndex),
    ...lift(shared, reach),
    required(
      "was_chosen",
      "boolean",
      "Selected in the interaction phase.",
      (r) => r.turn.chosen === r.column,
    ),
    required(
      "was_confirmed",
      "boolean",
      "Named as preferred in the evaluation.",
      (r) => r.turn.confirmed === r.column,
    ),
    ...lift([satisfaction], reach),
  ],
  each(trajectory, emit) {
    for (const turn of trajectory.turns) {
      for (const column of turn.columns) emit({ trajectory, turn, column });
    }
  },
};
