import { SOURCES } from "../../app/domain/vocabulary.ts";
import { SCHEMA_VERSION, type TrajectoryRecord } from "../records.ts";
import { SPLITS } from "../splits.ts";
import { list, optional, required, type Table } from "./table.ts";
import { nestedTurnColumns } from "./turns.ts";

/** The canonical table: whole trajectories, nested. */
export const trajectoriesTable: Table<TrajectoryRecord> = {
  name: "trajectories",
  description: "One row per trajectory with its turns, columns and images.",
  primaryKey: ["trajectory_id"],
  columns: [
    required("schema_version", "string", "Version of this layout.", () => SCHEMA_VERSION),
    required(
      "trajectory_id",
      "id",
      "Pseudonym of the trajectory, new in every release.",
      (t) => t.trajectoryId,
    ),
    required("source", "string", "human or simulated.", (t) => t.source, { values: SOURCES }),
    required("study_id", "id", "Pseudonym of the study.", (t) => t.studyId),
    required("study_version", "int", "Version of the study's settings.", (t) => t.studyVersion),
    optional("arm_id", "id", "Pseudonym of the arm; null = ended before one was drawn.", (t) => t.armId),
    optional(
      "arm_probability",
      "number",
      "Probability with which the arm was drawn.",
      (t) => t.armProbability,
    ),
    required(
      "agent_version",
      "string",
      'Agent that proposed the slates; "" = none was proposed.',
      (t) => t.agentVersion,
    ),
    required("t2i_model", "string", 'Image model; "" = no slate was rendered.', (t) => t.t2iModel),
    required("rater_id", "id", "Pseudonym of the rater, new in every release.", (t) => t.raterId),
    required(
      "status",
      "string",
      "complete, or abandoned (not handed in when the export was made).",
      (t) => t.status,
      { values: ["complete", "abandoned"] },
    ),
    required(
      "split",
      "string",
      'train, test_seen or test_unseen; "" = no splits were drawn.',
      (t) => t.split,
      { values: ["", ...SPLITS] },
    ),
    required(
      "initial_prompt",
      "string",
      'What the rater asked for; "" = ended before the prompt.',
      (t) => t.initialPrompt,
    ),
    required("num_turns", "int", "Turns whose whole slate was rendered.", (t) => t.turns.length),
    required("started_at", "string", "Start: RFC 3339 UTC (internal) or the day.", (t) => t.startedAt.at),
    optional("completed_at", "string", "End, likewise; null = abandoned.", (t) => t.completedAt?.at ?? null),
    optional(
      "completed_elapsed_ms",
      "long",
      "End in milliseconds since the start; null = abandoned.",
      (t) => t.completedAt?.elapsedMs ?? null,
    ),
    optional("user_type", "int", "Latent type of a simulated rater; null for people.", (t) => t.userType),
    list("turns", "Turns, by turn_index.", nestedTurnColumns, (t: TrajectoryRecord) => t.turns),
  ],
  each(trajectory, emit) {
    emit(trajectory);
  },
};
