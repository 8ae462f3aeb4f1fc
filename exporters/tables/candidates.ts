import type { CandidateRecord, TrajectoryRecord, TurnRecord } from "../records.ts";
import { optional, required, type Table } from "./table.ts";

export interface CandidateRow {
  trajectory: TrajectoryRecord;
  turn: TurnRecord;
  candidate: CandidateRecord;
}

export const candidatesTable: Table<CandidateRow> = {
  name: "candidates",
  description: "One row per prompt that the agent proposed for a turn; those in_slate became columns.",
  primaryKey: ["trajectory_id", "turn_index", "candidate_index"],
  columns: [
    required("trajectory_id", "id", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
    required("turn_index", "int", "0-based turn.", (r) => r.turn.turnIndex),
    required(
      "candidate_index",
      "int",
      "0-based, in the order of proposal.",
      (r) => r.candidate.candidateIndex,
    ),
    required("prompt", "string", "The proposed prompt expansion.", (r) => r.candidate.prompt),
    required("category", "string", "Category of the proposal.", (r) => r.candidate.category),
    required("in_slate", "boolean", "Whether the rater was shown its images.", (r) => r.candidate.inSlate),
    optional(
      "selector_score",
      "number",
      "Value that the selector gave it; null = the selector gives none.",
      (r) => r.candidate.selectorScore,
    ),
    optional(
      "propensity",
      "number",
      "Probability with which it was put into the slate; null = not known.",
      (r) => r.candidate.propensity,
    ),
  ],
  each(trajectory, emit) {
    for (const turn of trajectory.turns) {
      for (const candidate of turn.candidates) emit({ trajectory, turn, candidate });
    }
  },
};
