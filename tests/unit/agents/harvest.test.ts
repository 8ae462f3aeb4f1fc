import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHarvest } from "../../../app/agents/language-model/harvest.ts";
import { assertCandidates } from "../../../app/agents/validate-candidates.ts";
import { countWords } from "../../../app/domain/words.ts";

const SIZE = { candidateCount: 25, categoryCount: 5, wordLimit: 10 };
const INPUT = { initialPrompt: "a cat", history: [], turnIndex: 0, seed: 1 };
const category = (name: string, count: number, prompt = (i: number) => `a ${name} cat ${i}`) => ({
  name,
  prompts: Array.from({ length: count }, (_, i) => prompt(i)),
});
const NAMES = ["one", "two", "three", "four", "five", "six"];

describe("what is kept of a language model's answer", () => {
  test("a whole answer needs nothing more", () => {
    const harvest = createHarvest(SIZE);
    harvest.add(NAMES.slice(0, 5).map((name) => category(name, 5)));
    expect(harvest.missing()).toEqual([]);
    expect(harvest.take(false)?.candidates).toHaveLength(25);
  });

  test("surplus categories and prompts are left out", () => {
    const harvest = createHarvest(SIZE);
    harvest.add(NAMES.map((name) => category(name, 9)));
    const taken = harvest.take(false)?.candidates ?? [];
    expect(taken).toHaveLength(25);
    expect([...new Set(taken.map((c) => c.category))]).toEqual(NAMES.slice(0, 5));
  });

  test("what is missing is asked for by category, and new categories where there are too few", () => {
    const harvest = createHarvest(SIZE);
    harvest.add([category("one", 5), category("two", 3), category("three", 5)]);
    expect(harvest.missing()).toEqual([
      { name: "two", prompts: 2 },
      { name: null, prompts: 5 },
      { name: null, prompts: 5 },
    ]);
    expect(harvest.take(false)).toBeNull();
    harvest.add([category("Two", 2, (i) => `another cat ${i}`), category("four", 5), category("five", 5)]);
    expect(harvest.missing()).toEqual([]);
    expect(harvest.take(false)?.candidates).toHaveLength(25);
  });

  test("duplicates, numbering and quotation marks are cleaned away", () => {
    const harvest = createHarvest({ candidateCount: 2, categoryCount: 1, wordLimit: 10 });
    harvest.add([{ name: "x", prompts: ["1. A cat", '"a  CAT"', "- “a dog”", ""] }]);
    expect(harvest.take(false)?.candidates.map((c) => c.prompt)).toEqual(["A cat", "a dog"]);
    expect(harvest.dropped).toBe(2);
  });

  test("prompts that are too long are cut at a comma only when nothing else is left, and counted", () => {
    const harvest = createHarvest({ candidateCount: 1, categoryCount: 1, wordLimit: 8 });
    harvest.add([{ name: "x", prompts: ["a cat on a red roof, under a sky full of stars"] }]);
    expect(harvest.take(false)).toBeNull();
    expect(harvest.missing()).toEqual([{ name: null, prompts: 1 }].map((w) => ({ ...w, name: "x" })));
    expect(harvest.take(true)).toEqual({
      candidates: [{ category: "x", prompt: "a cat on a red roof" }],
      shortened: 1,
    });
  });

  test("uneven categories are taken at the last call rather than none", () => {
    const harvest = createHarvest(SIZE);
    harvest.add([...NAMES.slice(0, 4).map((name) => category(name, 7)), category("five", 2)]);
    expect(harvest.take(false)).toBeNull();
    const taken = harvest.take(true)?.candidates ?? [];
    expect(taken).toHaveLength(25);
    expect(taken.filter((c) => c.category === "five")).toHaveLength(2);
  });

  test("whatever the answers are, what is taken keeps the port's contract", () => {
    const text = fc.oneof(
      fc.constantFrom("a cat", "A  cat", "a dog, in rain", "one two three four five six seven", "\u0000", ""),
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.string({ unit: "binary", maxLength: 40 }),
    );
    const answer = fc.array(fc.record({ name: text, prompts: fc.array(text, { maxLength: 8 }) }), {
      maxLength: 7,
    });
    fc.assert(
      fc.property(
        fc.array(answer, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (answers, candidateCount, categoryCount, wordLimit) => {
          const size = { candidateCount, categoryCount };
          const harvest = createHarvest({ ...size, wordLimit });
          for (const one of answers) harvest.add(one);
          const taken = harvest.take(true);
          if (taken) assertCandidates(taken.candidates, { ...INPUT, wordLimit }, size);
          else expect(harvest.kept().every((prompt) => countWords(prompt) <= wordLimit)).toBe(true);
          if (harvest.missing().length === 0) expect(harvest.take(false)).not.toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });
});
