import { optional, required, type ScalarColumn, type Table } from "./table.ts";
import type { TurnRow } from "./turns.ts";

/** Listwise choices of a study whose slates have up to `columnCount` columns. */
export function choicesTable(columnCount: number): Table<TurnRow> {
  const ids = Array.from({ length: columnCount }, (_, i): ScalarColumn<TurnRow> => {
    const value = ({ turn }: TurnRow) => turn.columns[i]?.columnId ?? null;
    return optional(
      `column_id_${i}`,
      "id",
      `Column ${i} of the slate, in logical order; null = the slate is narrower.`,
      value,
    );
  });
  return {
    name: "choices",
    description: "One row per choice among the columns of a slate.",
    primaryKey: ["turn_id"],
    foreignKeys: [{ column: "turn_id", table: "turns", references: "turn_id" }],
    columns: [
      required("turn_id", "id", "The turn.", (r) => r.turn.turnId),
      required("trajectory_id", "id", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
      required("rater_id", "id", "Pseudonym of the rater.", (r) => r.trajectory.raterId),
      ...ids,
      required(
        "chosen_column_index",
        "int",
        "Column selected in the interaction phase.",
        ({ turn }) => turn.chosen?.columnIndex ?? -1,
      ),
      optional(
        "confirmed_column_index",
        "int",
        "Column preferred on a second look, in the evaluation; null = not answered.",
        ({ turn }) => turn.confirmed?.columnIndex ?? null,
      ),
    ],
    each(trajectory, emit) {
      for (const turn of trajectory.turns) if (turn.chosen) emit({ trajectory, turn });
    },
  };
}
