import sharp from "sharp";
import { expect, test } from "vitest";
import type { AgentInput, HistoryTurn } from "../../../app/agents/port.ts";
import { createAgents } from "../../../app/agents/registry.ts";
import { countWords, expansionWordLimit } from "../../../app/domain/words.ts";
import { createSketchModel } from "../../../app/t2i/sketch/index.ts";

const { generators, selectors } = createAgents();
const lexicon = generators.get("lexicon");
const random = selectors.get("random");
const sketch = createSketchModel();
const signal = () => AbortSignal.timeout(30_000);

/** Mean chroma (max − min of the channels) of one image of each column. */
async function chroma(prompts: string[], seed: number): Promise<number> {
  let sum = 0;
  for (const prompt of prompts) {
    const { bytes } = await sketch.render({ prompt, seed, sizePx: 256 }, signal());
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    let total = 0;
    for (let i = 0; i < data.length; i += info.channels) {
      const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3);
      total += Math.max(r, g, b) - Math.min(r, g, b);
    }
    sum += total / (info.width * info.height);
  }
  return sum / prompts.length;
}

async function slate(input: AgentInput): Promise<{ prompts: string[]; categories: string[] }> {
  if (!lexicon || !random) throw new Error("the embedded agent is missing");
  const candidates = await lexicon.propose(input, { candidateCount: 25, categoryCount: 5 }, signal());
  const { picks } = await random.select(input, candidates, 4, signal());
  const chosen = picks.map((p) => candidates[p.candidateIndex]);
  return { prompts: chosen.map((c) => c?.prompt ?? ""), categories: chosen.map((c) => c?.category ?? "") };
}

test("after “more color” the next slate is more colourful than it would have been", async () => {
  const prompts = [
    "a lighthouse in a storm at night",
    "a white cat sleeping on a red sofa",
    "an old fishing boat at dawn",
    "a castle on a hill",
    "a bowl of fruit on a table",
  ];
  const gains: number[] = [];
  for (const [index, initialPrompt] of prompts.entries()) {
    const at = (turnIndex: number, history: HistoryTurn[]): AgentInput => ({
      initialPrompt,
      history,
      turnIndex,
      wordLimit: expansionWordLimit(countWords(initialPrompt), turnIndex, 5, 62),
      seed: 100 + index,
    });
    const first = await slate(at(0, []));
    const after = (critique: string) => {
      const columns = first.prompts.map((prompt, columnIndex) => ({
        columnIndex,
        prompt,
        category: first.categories[columnIndex] ?? "",
      }));
      return slate(at(1, [{ turnIndex: 0, columns, chosenColumnIndex: 0, critique }]));
    };
    const [silent, asked] = [await after(""), await after("more color")];
    gains.push((await chroma(asked.prompts, index)) / (await chroma(silent.prompts, index)));
  }
  const mean = gains.reduce((a, b) => a + b, 0) / gains.length;
  expect(gains.filter((g) => g > 1).length, `gains ${gains.map((g) => g.toFixed(2))}`).toBeGreaterThanOrEqual(
    4,
  );
  expect(mean).toBeGreaterThan(1.15);
}, 60_000);
