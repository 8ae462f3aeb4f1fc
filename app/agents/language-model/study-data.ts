import type { AgentInput } from "../port.ts";

/** A category that is asked for; `name` null = one of the model's choice. */
export interface WantedCategory {
  name: string | null;
  prompts: number;
}

/** What is asked of the model in this call. */
export type Ask =
  | { categories: WantedCategory[]; avoid: string[] }
  | { categories: null; prompts: number; avoid: string[] };

/**
 * The data block: everything that people or models wrote, as one line of JSON between marks that cannot occur in it,
 * because every "<" in the JSON is escaped.
 */
export function studyData(input: AgentInput, ask: Ask): string {
  const data = {
    initialPrompt: input.initialPrompt,
    wordLimit: input.wordLimit,
    turn: input.turnIndex + 1,
    history: input.history.map((turn) => ({
      turn: turn.turnIndex + 1,
      columns: turn.columns.map(({ columnIndex, prompt, category }) => ({
        column: columnIndex + 1,
        prompt,
        category,
      })),
      chosenColumn: turn.chosenColumnIndex + 1,
      critique: turn.critique,
    })),
    ...ask,
  };
  const json = JSON.stringify(data)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    // Line separators of JavaScript, which some readers take for line ends.
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return `<study-data>\n${json}\n</study-data>`;
}
