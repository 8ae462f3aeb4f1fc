/** Trajectories as episodes of reinforcement learning, with the semantics of RLDS. */
import type { VsPrevious } from "../../app/domain/evaluation.ts";
import type { TrajectoryRecord, TurnRecord } from "../records.ts";
import { optional, required, type Table, texts } from "./table.ts";

export interface StepRow {
  trajectory: TrajectoryRecord;
  stepIndex: number;
  /** null in the last step of an episode, which has an observation only. */
  turn: TurnRecord | null;
  observation: string;
}

const VS_PREVIOUS_REWARD: Record<VsPrevious, number> = { better: 1, same: 0, worse: -1 };

export const stepsTable: Table<StepRow> = {
  name: "steps",
  description:
    "One row per step of an episode: H turns and a last row that holds the final observation only. In that row slate and rewards are void.",
  primaryKey: ["episode_id", "step_index"],
  columns: [
    required("episode_id", "id", "The trajectory_id.", (r) => r.trajectory.trajectoryId),
    required("step_index", "int", "0-based step.", (r) => r.stepIndex),
    required("is_first", "boolean", "First step of the episode.", (r) => r.stepIndex === 0),
    required("is_last", "boolean", "Last step of the episode.", (r) => r.turn === null),
    required(
      "is_terminal",
      "boolean",
      "The episode came to its own end; false in the last step = it was abandoned.",
      (r) => r.turn === null && r.trajectory.status === "complete",
    ),
    required(
      "observation_text",
      "string",
      "What the agent knows before it acts: the initial prompt, then the critiques so far, a line each.",
      (r) => r.observation,
    ),
    texts("action_slate", "Prompts of the slate, in logical order.", ({ turn }) =>
      turn ? turn.columns.map((column) => column.prompt) : [],
    ),
    optional(
      "chosen_column_index",
      "int",
      "The rater's response to the slate; null = none.",
      (r) => r.turn?.chosen?.columnIndex ?? null,
    ),
    optional(
      "reward",
      "number",
      "Always null: people give no rewards; derive one from the columns that follow.",
      () => null,
    ),
    optional(
      "reward_chosen_satisfaction",
      "int",
      "Satisfaction with the chosen column, 1 to 5.",
      (r) => r.turn?.chosen?.satisfaction ?? null,
    ),
    optional(
      "reward_turn_satisfaction",
      "int",
      "Satisfaction with the whole turn, 1 to 5.",
      (r) => r.turn?.turnSatisfaction ?? null,
    ),
    optional("reward_vs_previous", "int", "Against the turn before: 1 better, 0 same, -1 worse.", (r) =>
      r.turn?.vsPrevious ? VS_PREVIOUS_REWARD[r.turn.vsPrevious] : null,
    ),
    required("discount", "number", "0 once the episode has come to its own end, else 1.", (r) =>
      r.turn === null && r.trajectory.status === "complete" ? 0 : 1,
    ),
  ],
  each(trajectory, emit) {
    let observation = trajectory.initialPrompt;
    for (const [stepIndex, turn] of trajectory.turns.entries()) {
      emit({ trajectory, stepIndex, turn, observation });
      if (turn.critique !== "") observation += `\n${turn.critique}`;
    }
    emit({ trajectory, stepIndex: trajectory.turns.length, turn: null, observation });
  },
};
