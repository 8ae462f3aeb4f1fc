import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { contentWords, foldKey, headOf, intentCoverage } from "../../../app/agents/language/text.ts";
import { GENERIC_CATEGORIES, SPARE_CATEGORIES } from "../../../app/agents/lexicon/categories.ts";
import { createLexiconGenerator } from "../../../app/agents/lexicon/index.ts";
import { findSubjects, SUBJECTS } from "../../../app/agents/lexicon/subjects.ts";
import type { AgentInput } from "../../../app/agents/port.ts";
import { assertCandidates } from "../../../app/agents/validate-candidates.ts";
import { countWords, expansionWordLimit } from "../../../app/domain/words.ts";
import { anyInput, NEVER, SIZE, turnWith } from "./support.ts";

// Property tests on a busy machine; the time of one proposal has a test of its own.
vi.setConfig({ testTimeout: 60_000 });

const generator = createLexiconGenerator();
const fixture = (name: string): string[] => JSON.parse(readFileSync(`fixtures/prompts/${name}.json`, "utf8"));
const demo = fixture("demo");
const hostile = fixture("hostile");

function firstTurn(initialPrompt: string, seed = 1): AgentInput {
  const wordLimit = expansionWordLimit(countWords(initialPrompt), 0, 5, 62);
  return { initialPrompt, history: [], turnIndex: 0, wordLimit, seed };
}

function sizes(candidates: { category: string }[]): number[] {
  const counts = new Map<string, number>();
  for (const { category } of candidates) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a);
}

const isGeneric = (name: string) =>
  [...GENERIC_CATEGORIES, ...SPARE_CATEGORIES].some((g) => name.startsWith(g));

describe("lexicon generator", () => {
  it("meets the contract for any prompt, history, critique, limit and seed", async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async (input) => {
        const candidates = await generator.propose(input, SIZE, NEVER);
        assertCandidates(candidates, input, SIZE);
        expect(sizes(candidates)).toEqual([5, 5, 5, 5, 5]);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps every content word of any initial prompt in every candidate", async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async (input) => {
        for (const { prompt } of await generator.propose(input, SIZE, NEVER)) {
          expect(intentCoverage(headOf(input.initialPrompt), prompt)).toBe(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("gives the same candidates for the same input and others for another seed", async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async (input) => {
        const once = await generator.propose(input, SIZE, NEVER);
        expect(await generator.propose(structuredClone(input), SIZE, NEVER)).toEqual(once);
      }),
      { numRuns: 50 },
    );
    const a = await generator.propose(firstTurn("a cat on a roof", 1), SIZE, NEVER);
    const b = await generator.propose(firstTurn("a cat on a roof", 2), SIZE, NEVER);
    expect(a).not.toEqual(b);
  });

  it.each([
    [12, 4, [3, 3, 3, 3]],
    [7, 5, [2, 2, 1, 1, 1]],
    [1, 1, [1]],
    [10, 1, [10]],
    [60, 12, Array.from({ length: 12 }, () => 5)],
    [200, 5, [40, 40, 40, 40, 40]],
  ])("spreads %i candidates over %i categories evenly", async (candidateCount, categoryCount, expected) => {
    for (const prompt of ["a cat on a roof", "blorf", "clouds over a mountain"]) {
      const input = firstTurn(prompt);
      const candidates = await generator.propose(input, { candidateCount, categoryCount }, NEVER);
      assertCandidates(candidates, input, { candidateCount, categoryCount });
      expect(sizes(candidates)).toEqual(expected);
    }
  });

  it("offers generic categories and at least one that is specific to the prompt", async () => {
    for (const prompt of [...demo, ...hostile]) {
      const names = new Set((await generator.propose(firstTurn(prompt), SIZE, NEVER)).map((c) => c.category));
      expect([...names].filter(isGeneric).length).toBeGreaterThanOrEqual(3);
      expect([...names].filter((name) => !isGeneric(name)).length).toBeGreaterThanOrEqual(1);
    }
  });

  it.each([
    ["a cat on a roof", "types of cats"],
    ["clouds over a mountain", "cloud shapes"],
    ["a temple in the jungle", "kinds of temples"],
    ["a hedgehog in the leaves", "kinds of hedgehogs"],
    ["a bowl of ramen", "kinds of bowls"],
    ["blorf of the zint", "ways to show blorf"],
  ])("names a category after what %j is about", async (prompt, name) => {
    const names = (await generator.propose(firstTurn(prompt), SIZE, NEVER)).map((c) => c.category);
    expect(names).toContain(name);
  });

  it("proposes clean prompts within the limit for all demo and hostile prompts", async () => {
    for (const prompt of [...demo, ...hostile]) {
      const input = firstTurn(prompt);
      const candidates = await generator.propose(input, SIZE, NEVER);
      assertCandidates(candidates, input, SIZE);
      for (const candidate of candidates) expect(candidate.prompt).not.toMatch(/\b(\w{4,}) \1\b/u);
    }
  });

  it("writes phrases, not dashes, whenever the limit has room for four more words", async () => {
    for (const prompt of demo) {
      const input = { ...firstTurn(prompt), wordLimit: countWords(prompt) + 6 };
      for (const candidate of await generator.propose(input, SIZE, NEVER))
        expect(candidate.prompt).not.toContain("—");
    }
  });

  it("finds 25 different prompts of one word", async () => {
    const input = { ...firstTurn("cat"), wordLimit: 1 };
    assertCandidates(await generator.propose(input, SIZE, NEVER), input, SIZE);
  });

  it("builds on the chosen column and keeps what it added", async () => {
    const initial = "a cat on a roof";
    const history = [turnWith(0, "a Siamese cat on a roof, with birds flying above, at sunset", "", initial)];
    const input: AgentInput = { initialPrompt: initial, history, turnIndex: 1, wordLimit: 30, seed: 3 };
    const candidates = await generator.propose(input, SIZE, NEVER);
    const kept = candidates.filter((c) => /Siamese/u.test(c.prompt) && /birds flying above/u.test(c.prompt));
    expect(kept.length).toBe(25);
    expect(candidates.filter((c) => c.prompt.includes("at sunset")).length).toBeGreaterThanOrEqual(20);
  });

  it("drops the oldest addition first when the limit is tight", async () => {
    const initial = "a cat on a roof";
    const history = [
      turnWith(0, `${initial}, with birds flying above`, "", initial),
      turnWith(1, `${initial}, with birds flying above, a small red lantern`, "", initial),
    ];
    const input: AgentInput = { initialPrompt: initial, history, turnIndex: 2, wordLimit: 13, seed: 3 };
    const prompts = (await generator.propose(input, SIZE, NEVER)).map((c) => c.prompt);
    const old = prompts.filter((p) => p.includes("birds")).length;
    const recent = prompts.filter((p) => p.includes("lantern")).length;
    expect(recent).toBeGreaterThan(old);
  });

  it("proposes less of what was passed over again and again", async () => {
    const initial = "a cat on a roof";
    const count = async (history: AgentInput["history"]) => {
      let n = 0;
      for (let seed = 0; seed < 60; seed++) {
        const input = { initialPrompt: initial, history, turnIndex: history.length, wordLimit: 40, seed };
        n += (await generator.propose(input, SIZE, NEVER)).filter((c) =>
          c.prompt.includes("pixel art"),
        ).length;
      }
      return n;
    };
    const refused = [0, 1, 2].map((t) => turnWith(t, `${initial}, with birds flying above`, "", initial));
    expect(await count(refused)).toBeLessThan((await count([])) / 2);
  });

  it("knows at least sixty subjects, each with a class and enough kinds", () => {
    expect(SUBJECTS.length).toBeGreaterThanOrEqual(60);
    for (const subject of SUBJECTS)
      if (subject.kinds.length > 0) expect(subject.kinds.length).toBeGreaterThanOrEqual(5);
  });

  it("keeps articles in agreement and does not stack kinds", () => {
    const variants = findSubjects("a cat on a roof")[0]?.variants ?? [];
    expect(variants).toContain("an orange tabby cat on a roof");
    expect(variants).toContain("a Siamese cat on a roof");
    expect(findSubjects("An ancient Egyptian temple")[0]?.variants).toEqual([]);
  });
});

describe("demo prompts", () => {
  it("are 120 different ones of at most ten words", () => {
    expect(new Set(demo.map(foldKey)).size).toBe(120);
    for (const prompt of demo) {
      expect(countWords(prompt)).toBeLessThanOrEqual(10);
      expect(contentWords(prompt).length).toBeGreaterThanOrEqual(3);
    }
  });
});
