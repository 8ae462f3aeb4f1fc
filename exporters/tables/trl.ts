/** Conversations in the shapes that TRL recognises: with a preference, and prompts alone. */
import type { ColumnRecord, TrajectoryRecord, TurnRecord } from "../records.ts";
import { type PreferenceRow, preferencesTable, selectedOf } from "./preferences.ts";
import { type Column, list, required, type Table } from "./table.ts";

interface Message {
  role: "user" | "assistant";
  content: string;
}

const messageColumns: readonly Column<Message>[] = [
  required("role", "string", "user = the rater, assistant = the agent.", (m) => m.role, {
    values: ["user", "assistant"],
  }),
  required("content", "string", "What was written.", (m) => m.content),
];

export interface TrlPreferenceRow {
  trajectory: TrajectoryRecord;
  turn: TurnRecord;
  prompt: readonly Message[];
  chosen: ColumnRecord;
  rejected: ColumnRecord;
}

const answer = ({ prompt }: ColumnRecord): Message[] => [{ role: "assistant", content: prompt }];

export const trlPreferencesTable: Table<TrlPreferenceRow> = {
  name: "preferences_trl",
  description:
    "One row per in-turn pair with a preference, as a conversation: the rater's texts and the expansions selected so far, then the expansion preferred and the other. Raters judged the images and never saw these prompts.",
  primaryKey: [],
  columns: [
    list("prompt", "The conversation up to the turn.", messageColumns, (r: TrlPreferenceRow) => r.prompt),
    list("chosen", "The expansion whose images were preferred.", messageColumns, (r: TrlPreferenceRow) =>
      answer(r.chosen),
    ),
    list("rejected", "The other expansion.", messageColumns, (r: TrlPreferenceRow) => answer(r.rejected)),
    required("trajectory_id", "id", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
    required("turn_index", "int", "0-based turn.", (r) => r.turn.turnIndex),
  ],
  each(trajectory, emit) {
    if (!trajectory.hasFreeText || trajectory.initialPrompt === "") return;
    const conversations = new Map<TurnRecord, Message[]>();
    preferencesTable.each(trajectory, (pair: PreferenceRow) => {
      if (pair.kind !== "in_turn" || pair.label0 === 0.5) return;
      const prompt = conversations.get(pair.turn) ?? conversationBefore(trajectory, pair.turn);
      conversations.set(pair.turn, prompt);
      const [chosen, rejected] =
        pair.label0 === 1 ? [pair.column0, pair.column1] : [pair.column1, pair.column0];
      emit({ trajectory, turn: pair.turn, prompt, chosen, rejected });
    });
  },
};

export const trlPromptsTable: Table<TrajectoryRecord> = {
  name: "prompts_trl",
  description: "One row per trajectory with an initial prompt: prompts to generate from.",
  primaryKey: ["trajectory_id"],
  columns: [
    list("prompt", "The initial prompt as a conversation.", messageColumns, (t: TrajectoryRecord) => [
      { role: "user", content: t.initialPrompt } as const,
    ]),
    required("trajectory_id", "id", "The trajectory it belongs to.", (t) => t.trajectoryId),
  ],
  each(trajectory, emit) {
    if (trajectory.hasFreeText && trajectory.initialPrompt !== "") emit(trajectory);
  },
};

/** Initial prompt, then for each turn before: the expansion selected and the critique, which may be "". */
function conversationBefore(trajectory: TrajectoryRecord, turn: TurnRecord): Message[] {
  const messages: Message[] = [{ role: "user", content: trajectory.initialPrompt }];
  for (const before of trajectory.turns) {
    if (before === turn) break;
    const selected = selectedOf(before);
    if (!selected) continue;
    messages.push(
      { role: "assistant", content: selected.prompt },
      { role: "user", content: before.critique },
    );
  }
  return messages;
}
