import { words } from "../../domain/words.ts";
import { headOf, intentCoverage, STOP_WORDS } from "../language/text.ts";
import { isRefused, type Wishes, wishesOf } from "../language/wishes.ts";
import type { AgentInput, Candidate, CandidateSelector } from "../port.ts";
import { featuresOf, learnPreferences } from "../preferences.ts";
import { pickByValue } from "./pick-by-value.ts";

/** Weights of the value, in log-odds. Intent and critiques outweigh what was merely learnt. */
const WEIGHTS = { taste: 1.6, category: 0.8, critique: 2, intent: 3, novelty: 0.5, distinct: 0.9 } as const;

/**
 * The embedded value-based policy (paper section 6.1): a value f(history, prompt) in [0, 1] for each
 * candidate, learnt from this trajectory alone.
 */
export function createAttributeValueSelector(): CandidateSelector {
  return {
    id: "attribute-value",
    version: "1",
    select: async (input, candidates, columnCount, signal) => {
      signal.throwIfAborted();
      return pickByValue(valuesOf(input, candidates), candidates, columnCount, input.seed);
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
