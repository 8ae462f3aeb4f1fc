import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createLexiconGenerator } from "../../../app/agents/lexicon/index.ts";
import { type AgentInput, AgentOutputError, type Candidate } from "../../../app/agents/port.ts";
import { createAgents } from "../../../app/agents/registry.ts";
import { createAttributeValueSelector } from "../../../app/agents/selectors/attribute-value.ts";
import { createRandomSelector } from "../../../app/agents/selectors/random.ts";
import { createRandom } from "../../../app/domain/random.ts";
import { anyInput, NEVER, SIZE, turnWith } from "./support.ts";

// Property tests on a busy machine; the time of one proposal has a test of its own.
vi.setConfig({ testTimeout: 60_000 });

const CAT = "a cat on a roof";
const input = (seed: number, history: AgentInput["history"] = []): AgentInput => ({
  initialPrompt: CAT,
  history,
  turnIndex: history.length,
  wordLimit: 30,
  seed,
});
const candidatesOf = (...sizes: number[]): Candidate[] =>
  sizes.flatMap((size, c) =>
    Array.from({ length: size }, (_, i) => ({ prompt: `${CAT}, variant${c} number${i}`, category: `c${c}` })),
  );
const sum = (list: (number | null)[]) => list.reduce<number>((a, b) => a + (b ?? 0), 0);

describe.each([createRandomSelector(), createAttributeValueSelector()])("$id selector", (selector) => {
  it("picks as many as there are columns, at most one per category", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyInput,
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        async (any, sizes, n) => {
          const candidates = candidatesOf(...sizes);
          const columnCount = 1 + (n % sizes.length);
          const { picks, scores, propensities } = await selector.select(any, candidates, columnCount, NEVER);
          expect(picks).toHaveLength(columnCount);
          expect(new Set(picks.map((p) => candidates[p.candidateIndex]?.category)).size).toBe(columnCount);
          expect(scores).toHaveLength(candidates.length);
          expect(propensities).toHaveLength(candidates.length);
          for (const { candidateIndex, score } of picks) expect(score).toBe(scores[candidateIndex]);
        },
      ),
    );
  });

  it("gives the same slate for the same input", async () => {
    const candidates = await createLexiconGenerator().propose(input(5), SIZE, NEVER);
    const once = await selector.select(input(5), candidates, 4, NEVER);
    expect(await selector.select(input(5), candidates, 4, NEVER)).toEqual(once);
  });

  it("refuses fewer categories than columns", async () => {
    await expect(selector.select(input(1), candidatesOf(5, 5, 5), 4, NEVER)).rejects.toThrow(
      AgentOutputError,
    );
  });
});

describe("random selector", () => {
  const selector = createRandomSelector();

  it("has propensities that sum to the number of columns", async () => {
    for (const sizes of [
      [5, 5, 5, 5, 5],
      [1, 2, 3, 4],
      [7, 1, 1, 3, 2, 2],
    ]) {
      const { propensities } = await selector.select(input(1), candidatesOf(...sizes), 4, NEVER);
      expect(sum(propensities)).toBeCloseTo(4, 12);
    }
  });

  it("picks as often as its propensities say, and puts each category into each column equally often", async () => {
    const candidates = candidatesOf(5, 1, 3, 2, 4);
    const n = 20_000;
    const seeds = createRandom(20260101);
    const picked = candidates.map(() => 0);
    const firstColumn = new Map<string, number>();
    let expected: (number | null)[] = [];
    for (let i = 0; i < n; i++) {
      const { picks, propensities } = await selector.select(input(seeds.seed()), candidates, 4, NEVER);
      expected = propensities;
      for (const { candidateIndex } of picks) picked[candidateIndex] = (picked[candidateIndex] ?? 0) + 1;
      const first = candidates[picks[0]?.candidateIndex ?? -1]?.category ?? "";
      firstColumn.set(first, (firstColumn.get(first) ?? 0) + 1);
    }
    for (const [index, count] of picked.entries()) {
      const p = expected[index] ?? 0;
      // Five standard errors of a binomial share: one false alarm in about a million.
      expect(Math.abs(count / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
    }
    for (const count of firstColumn.values()) {
      expect(Math.abs(count / n - 0.2)).toBeLessThan(5 * Math.sqrt((0.2 * 0.8) / n));
    }
  });
});

describe("attribute-value selector", () => {
  const selector = createAttributeValueSelector();

  it("values every candidate in [0, 1] and takes the best of the best categories", async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async (any) => {
        const candidates = await createLexiconGenerator().propose(any, SIZE, NEVER);
        const { picks, scores } = await selector.select(any, candidates, 4, NEVER);
        for (const score of scores) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        const best = new Map<string, number>();
        for (const [i, c] of candidates.entries())
          best.set(c.category, Math.max(best.get(c.category) ?? 0, scores[i] ?? 0));
        const top = [...best.values()].sort((a, b) => b - a).slice(0, 4);
        expect(picks.map((p) => p.score)).toEqual(top);
      }),
      { numRuns: 60 },
    );
  });

  it("tells candidates apart in the first turn", async () => {
    const candidates = await createLexiconGenerator().propose(input(2), SIZE, NEVER);
    const { scores } = await selector.select(input(2), candidates, 4, NEVER);
    expect(new Set(scores).size).toBeGreaterThan(5);
  });

  it("values what was chosen above what was passed over", async () => {
    const chosen = `${CAT}, in watercolor style, at sunset`;
    const history = [0, 1].map((t) => turnWith(t, chosen, "", CAT));
    const candidates = [
      { prompt: `${CAT}, in watercolor style`, category: "a" },
      { prompt: `${CAT}, in pixel art style`, category: "b" },
    ];
    const { scores } = await selector.select(input(1, history), candidates, 1, NEVER);
    expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
  });

  it("values what critiques ask for, and the initial intent, above the rest", async () => {
    const history = [turnWith(0, `${CAT}, at sunset`, "more color, no people", CAT)];
    const candidates = [
      { prompt: `${CAT}, in vivid saturated colors`, category: "a" },
      { prompt: `${CAT}, in soft light`, category: "b" },
      { prompt: `${CAT}, with people, in vivid colors`, category: "c" },
      { prompt: "a dog in vivid colors", category: "d" },
    ];
    const { scores } = await selector.select(input(1, history), candidates, 1, NEVER);
    for (const other of scores.slice(1)) expect(scores[0]).toBeGreaterThan(other ?? 1);
  });

  it("records 1 and 0 where the value decided, and null where a tie was drawn", async () => {
    const distinct = [
      { prompt: `${CAT}, in vivid colors`, category: "a" },
      { prompt: `${CAT}, fog`, category: "a" },
      { prompt: "a dog", category: "b" },
    ];
    const clear = await selector.select(input(1), distinct, 1, NEVER);
    expect([...clear.propensities].sort()).toEqual([0, 0, 1]);
    const twins = [
      { prompt: `${CAT}, alpha`, category: "a" },
      { prompt: `${CAT}, beta`, category: "b" },
      { prompt: "a dog", category: "c" },
    ];
    const tied = await selector.select(input(1), twins, 1, NEVER);
    expect(tied.propensities).toEqual([null, null, 0]);
    const both = await selector.select(input(1), twins, 2, NEVER);
    expect(both.propensities).toEqual([1, 1, 0]);
  });
});

describe("registry", () => {
  it("holds the embedded agents under their ids", () => {
    const { generators, selectors } = createAgents();
    expect([...generators.keys()]).toEqual(["lexicon"]);
    expect([...selectors.keys()]).toEqual(["random", "attribute-value"]);
    for (const [id, agent] of [...generators, ...selectors]) expect(agent.id).toBe(id);
  });
});
