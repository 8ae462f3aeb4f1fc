import type { AgentInput, HistoryTurn } from "../../../app/agents/port.ts";
import { createSwatchModel } from "../../../app/t2i/swatch/index.ts";

export const SIZE = { candidateCount: 25, categoryCount: 5 };
export const signal = () => AbortSignal.timeout(20_000);

const swatch = createSwatchModel();

export function historyTurn(turnIndex: number, critique = ""): HistoryTurn {
  return {
    turnIndex,
    columns: [0, 1, 2, 3].map((columnIndex) => ({
      columnIndex,
      prompt: `a lighthouse in a storm, number ${turnIndex * 4 + columnIndex}`,
      category: ["rephrase", "detail", "style", "mood"][columnIndex] as string,
    })),
    chosenColumnIndex: 2,
    critique,
    loadChosenImages: () =>
      Promise.all(
        [1, 2, 3, 4].map(async (seed) => ({
          bytes: (await swatch.render({ prompt: "p", seed, sizePx: 64 }, signal())).bytes,
          mimeType: "image/png" as const,
        })),
      ),
  };
}

export function agentInput(overrides: Partial<AgentInput> = {}): AgentInput {
  return {
    initialPrompt: "a lighthouse in a storm at night",
    history: [],
    turnIndex: 0,
    wordLimit: 18,
    seed: 7,
    ...overrides,
  };
}

export const thirdTurn = (critique = "more color") =>
  agentInput({ history: [historyTurn(0), historyTurn(1, critique)], turnIndex: 2, wordLimit: 40 });
