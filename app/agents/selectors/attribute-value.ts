import { createRandom } from "../../domain/random.ts";
import { words } from "../../domain/words.ts";
import { headOf, intentCoverage, STOP_WORDS } from "../language/text.ts";
import { isRefused, type Wishes, wishesOf } from "../language/wishes.ts";
import { type AgentInput, AgentOutputError, type Candidate, type CandidateSelector } from "../port.ts";
import { featuresOf, learnPreferences } from "../preferences.ts";
import { groupByCategory } from "./group-by-category.ts";

/** Weights of the value, in log-odds. Intent and critiques outweigh what was merely learnt. */
const WEIGHTS = { taste: 1.6, category: 0.8, critique: 2, intent: 3, novelty: 0.5, distinct: 0.9 } as const;

/**
 * The embedded value-based policy (paper section 6.1): a value f(history, prompt) in [0, 1] for each
 * candidate, learnt from this trajectory alone. The value of a slate is the mean of its prompts' values,
 * so the best slate with one candidate per category is exact: the best of each category, then the
 * `columnCount` best of those. Picks are in order of value.
 *
 * Ties are broken by the seed. Propensities: 1 for a pick and 0 for the rest, because the policy is
 * deterministic; null for every candidate whose place a tie decided.
 */
export function createAttributeValueSelector(): CandidateSelector {
  return {
    id: "attribute-value",
    version: "1",
    select: async (input, candidates, columnCount, signal) => {
      signal.throwIfAborted();
      const groups = [...groupByCategory(candidates).values()];
      if (groups.length < columnCount) {
        throw new AgentOutputError(
          `${columnCount} columns need as many categories, but there are ${groups.length}`,
        );
      }
      const scores = valuesOf(input, candidates);
      const score = (index: number) => scores[index] ?? 0;
      const random = createRandom(input.seed);
      const best = groups.map((group) => {
        const top = Math.max(...group.map(score));
        const tied = group.filter((index) => score(index) === top);
        return { top, tied, pick: random.pick(tied) };
      });
      const ranked = random.shuffle(best).sort((a, b) => b.top - a.top);
      const picked = ranked.slice(0, columnCount);
      const threshold = picked[picked.length - 1]?.top ?? 0;
      const isBoundaryTied = ranked[columnCount]?.top === threshold;
      const propensities: (number | null)[] = candidates.map(() => 0);
      for (const { top, tied } of ranked) {
        if (top < threshold || columnCount === 0) continue;
        const certain = tied.length === 1 && !(isBoundaryTied && top === threshold);
        for (const index of tied) propensities[index] = certain ? 1 : null;
      }
      return {
        picks: picked.map(({ pick }) => ({ candidateIndex: pick, score: score(pick) })),
        scores,
        propensities,
      };
    },
  };
}

/** f(history, prompt) for every candidate, rounded so that equal means equal. */
function valuesOf(input: AgentInput, candidates: readonly Candidate[]): number[] {
  const initial = headOf(input.initialPrompt);
  const preferences = learnPreferences(input.history);
  const wishes = wishesOf(input.history, initial);
  const own = featuresOf(initial);
  const seen = new Set(
    input.history.flatMap((turn) => turn.columns.flatMap((c) => [...featuresOf(c.prompt)])),
  );
  const features = candidates.map(({ prompt }) => [...featuresOf(prompt)].filter((id) => !own.has(id)));
  const frequency = new Map<string, number>();
  for (const id of features.flat()) frequency.set(id, (frequency.get(id) ?? 0) + 1);
  return candidates.map(({ prompt, category }, index) => {
    const brought = features[index] ?? [];
    const size = Math.max(1, brought.length);
    const taste = brought.reduce((sum, id) => sum + preferences.feature(id), 0) / Math.sqrt(size);
    const novelty = brought.filter((id) => !seen.has(id)).length / size;
    // How unlike the other candidates it is: keeps slates diverse and the first turn from being arbitrary.
    const distinct =
      brought.reduce((sum, id) => sum + 1 - (frequency.get(id) ?? 1) / candidates.length, 0) / (size + 2);
    const logit =
      WEIGHTS.taste * taste +
      WEIGHTS.category * preferences.category(category) +
      WEIGHTS.critique * (agreement(prompt, initial, wishes) - 0.5) +
      WEIGHTS.intent * (intentCoverage(initial, prompt) - 1) +
      WEIGHTS.novelty * novelty +
      WEIGHTS.distinct * distinct -
      1;
    return Math.round(1e6 / (1 + Math.exp(-logit))) / 1e6;
  });
}

/** Share of what critiques ask for that a prompt does; 1/2 when nobody asked for anything. */
function agreement(prompt: string, initial: string, wishes: Wishes): number {
  let asked = 0;
  let done = 0;
  const text = prompt.toLowerCase();
  for (const wish of wishes.wanted) {
    asked += 1;
    const says =
      wish.attribute === null
        ? wish.stems.every((word) => text.includes(word))
        : wish.attribute.says.test(prompt);
    if (says) done += 1;
  }
  if (wishes.banned.size > 0 || wishes.avoided.length > 0) {
    asked += 1;
    // What the initial prompt says itself is no offence.
    const own = new Set(words(initial.toLowerCase()));
    const added = words(prompt).filter(
      (word) => !own.has(word.toLowerCase()) || STOP_WORDS.has(word.toLowerCase()),
    );
    if (!isRefused(added.join(" "), wishes)) done += 1;
  }
  return asked === 0 ? 0.5 : done / asked;
}
