import { describe, expect, it } from "vitest";
import { type AgentInput, AgentOutputError, type Candidate } from "../../../app/agents/port.ts";
import { assertCandidates } from "../../../app/agents/validate-candidates.ts";

const input: AgentInput = { initialPrompt: "a cat", history: [], turnIndex: 0, wordLimit: 4, seed: 1 };
const size = { candidateCount: 3, categoryCount: 2 };
const good: Candidate[] = [
  { prompt: "a cat", category: "x" },
  { prompt: "a red cat", category: "x" },
  { prompt: "a cat at night", category: "y" },
];
const withFirst = (change: Partial<Candidate>): Candidate[] =>
  good.map((c, i) => (i === 0 ? { ...c, ...change } : c));

describe("assertCandidates", () => {
  it("accepts candidates that meet the contract", () => {
    expect(() => assertCandidates(good, input, size)).not.toThrow();
  });

  it.each([
    ["too few", good.slice(1), /expected 3 candidates, got 2/],
    ["too few categories", good.map((c) => ({ ...c, category: "x" })), /expected 2 categories, got 1/],
    ["too many categories", good.map((c, i) => ({ ...c, category: `${i}` })), /expected 2 categories, got 3/],
    ["an empty prompt", withFirst({ prompt: " \u2003 " }), /candidate 0 is empty/],
    [
      "an empty category",
      good.map((c) => (c.category === "y" ? { ...c, category: " " } : c)),
      /empty category/,
    ],
    ["a NUL", withFirst({ prompt: "a \u0000cat" }), /control character/],
    ["a line break", withFirst({ prompt: "a\ncat" }), /control character/],
    ["a lone surrogate", withFirst({ prompt: "a cat \ud83d" }), /control character/],
    ["a prompt over the limit", withFirst({ prompt: "a cat on a roof" }), /5 words, the limit is 4/],
    ["the same prompt twice", withFirst({ prompt: "A  RED Cat" }), /candidate 1 equals candidate 0/],
  ])("names %s", (_, candidates, message) => {
    expect(() => assertCandidates(candidates, input, size)).toThrow(AgentOutputError);
    expect(() => assertCandidates(candidates, input, size)).toThrow(message);
  });
});
