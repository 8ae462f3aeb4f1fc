import { attributesIn } from "./language/attributes.ts";
import { STOP_WORDS, stem, tokens } from "./language/text.ts";
import type { HistoryTurn } from "./port.ts";

/**
 * What one trajectory says about its rater: for each feature of a prompt, how much more often columns
 * with it were chosen than passed over. Features that all columns of a slate share say nothing.
 */
export interface Preferences {
  /** In (-1, 1); 0 when nothing is known. Shrunk towards 0 while there is little evidence. */
  feature(id: string): number;
  category(name: string): number;
  /** Slates in which columns with the feature were shown and not chosen, without it ever being chosen. */
  refusals(id: string): number;
}

/** Weight of the prior in turns: one choice moves a feature at most a third of the way. */
const PRIOR_TURNS = 2;

/** Learns from finished turns (paper section 6.1: f(history, prompt) sees the whole trajectory). */
export function learnPreferences(history: readonly HistoryTurn[]): Preferences {
  const features = new Tally();
  const categories = new Tally();
  for (const turn of history) {
    const chosen = turn.columns.find((c) => c.columnIndex === turn.chosenColumnIndex);
    const others = turn.columns.filter((c) => c.columnIndex !== turn.chosenColumnIndex);
    if (chosen === undefined || others.length === 0) continue;
    features.add(
      featuresOf(chosen.prompt),
      others.map((c) => featuresOf(c.prompt)),
    );
    categories.add(
      new Set([chosen.category]),
      others.map((c) => new Set([c.category])),
    );
  }
  return {
    feature: (id) => features.lean(id),
    category: (name) => categories.lean(name),
    refusals: (id) => features.refusals(id),
  };
}

/** Features of a prompt: its attributes and the stems of its content words. */
export function featuresOf(prompt: string): Set<string> {
  const features = new Set(attributesIn(prompt).map((a) => a.id));
  for (const word of tokens(prompt)) if (!STOP_WORDS.has(word)) features.add(`word:${stem(word)}`);
  return features;
}

class Tally {
  readonly #seen = new Map<string, { lean: number; turns: number; chosen: number; refused: number }>();

  add(chosen: ReadonlySet<string>, others: readonly ReadonlySet<string>[]): void {
    for (const id of new Set([...chosen, ...others.flatMap((other) => [...other])])) {
      const passed = others.filter((other) => other.has(id)).length / others.length;
      const taken = chosen.has(id) ? 1 : 0;
      if (taken === 1 && passed === 1) continue;
      const entry = this.#seen.get(id) ?? { lean: 0, turns: 0, chosen: 0, refused: 0 };
      entry.lean += taken - passed;
      entry.turns += 1;
      entry.chosen += taken;
      entry.refused += taken === 0 ? 1 : 0;
      this.#seen.set(id, entry);
    }
  }

  lean(id: string): number {
    const entry = this.#seen.get(id);
    return entry === undefined ? 0 : entry.lean / (entry.turns + PRIOR_TURNS);
  }

  refusals(id: string): number {
    const entry = this.#seen.get(id);
    return entry === undefined || entry.chosen > 0 ? 0 : entry.refused;
  }
}
