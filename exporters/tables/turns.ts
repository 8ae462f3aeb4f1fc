import { SATISFACTION_VALUES, VS_PREVIOUS_VALUES } from "../../app/domain/evaluation.ts";
import type { TrajectoryRecord, TurnRecord } from "../records.ts";
import { nestedColumnColumns } from "./columns.ts";
import { type Column, lift, list, optional, required, type ScalarColumn, type Table } from "./table.ts";

const SINCE_START = "in milliseconds since the trajectory started";

const scalars: readonly ScalarColumn<TurnRecord>[] = [
  required("turn_index", "int", "0-based turn.", (t) => t.turnIndex),
  optional(
    "slate_shown_at",
    "string",
    "When the whole slate was first on the screen; null = never.",
    (t) => t.shownAt?.at ?? null,
  ),
  optional(
    "slate_shown_elapsed_ms",
    "long",
    `The same, ${SINCE_START}.`,
    (t) => t.shownAt?.elapsedMs ?? null,
  ),
  optional(
    "chosen_at",
    "string",
    "When the column was selected; null = no choice was made.",
    (t) => t.chosenAt?.at ?? null,
  ),
  optional("chosen_elapsed_ms", "long", `The same, ${SINCE_START}.`, (t) => t.chosenAt?.elapsedMs ?? null),
  optional(
    "chosen_column_index",
    "int",
    "Column selected in the interaction phase; null = no choice.",
    (t) => t.chosen?.columnIndex ?? null,
  ),
  required("critique", "string", 'What the rater asked to change; "" = nothing.', (t) => t.critique),
  required(
    "critique_sent_to_agent",
    "string",
    "What the agent was given of the critique.",
    (t) => t.critiqueSentToAgent,
  ),
  optional(
    "confirmed_column_index",
    "int",
    "Column preferred on a second look, in the evaluation; null = not answered.",
    (t) => t.confirmed?.columnIndex ?? null,
  ),
  required("rationale", "string", 'Why that column; "" = not answered.', (t) => t.rationale),
  optional(
    "turn_satisfaction",
    "int",
    "Satisfaction with all images of the turn, 1 to 5; null = not answered.",
    (t) => t.turnSatisfaction,
    { values: SATISFACTION_VALUES },
  ),
  optional(
    "vs_previous",
    "string",
    "The set against the previous turn's: better, same or worse; null = not asked (first turn) or not answered.",
    (t) => t.vsPrevious,
    { values: VS_PREVIOUS_VALUES },
  ),
  optional("active_ms", "long", "Time of the turn spent active; null = not measured.", (t) => t.activeMs),
  optional("idle_ms", "long", "Time of the turn without activity; null = not measured.", (t) => t.idleMs),
  optional(
    "waiting_ms",
    "long",
    "Time of the turn spent waiting for images; null = not measured.",
    (t) => t.waitingMs,
  ),
];

/** A turn within a nested trajectory. */
export const nestedTurnColumns: readonly Column<TurnRecord>[] = [
  ...scalars,
  list(
    "columns",
    "Columns of the slate, by column_index.",
    nestedColumnColumns,
    (t: TurnRecord) => t.columns,
  ),
];

export interface TurnRow {
  trajectory: TrajectoryRecord;
  turn: TurnRecord;
}

export const turnsTable: Table<TurnRow> = {
  name: "turns",
  description: "One row per turn whose whole slate was rendered.",
  primaryKey: ["turn_id"],
  columns: [
    required("turn_id", "id", "Pseudonym of the turn.", (r) => r.turn.turnId),
    required("trajectory_id", "id", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
    required("rater_id", "id", "Pseudonym of the rater.", (r) => r.trajectory.raterId),
    ...lift(scalars, (r: TurnRow) => r.turn),
    optional(
      "chosen_column_id",
      "id",
      "The column selected; null = no choice.",
      (r) => r.turn.chosen?.columnId ?? null,
    ),
    optional(
      "choice_changed",
      "boolean",
      "Whether the evaluation named another column than the choice; null = one of them is missing.",
      ({ turn }) => (turn.chosen && turn.confirmed ? turn.chosen !== turn.confirmed : null),
    ),
  ],
  each(trajectory, emit) {
    for (const turn of trajectory.turns) emit({ trajectory, turn });
  },
};
