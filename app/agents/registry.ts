import { createLexiconGenerator } from "./lexicon/index.ts";
import type { CandidateGenerator, CandidateSelector } from "./port.ts";
import { createAttributeValueSelector } from "./selectors/attribute-value.ts";
import { createRandomSelector } from "./selectors/random.ts";

/** Agents by id, as arms name them. */
export interface Agents {
  generators: Map<string, CandidateGenerator>;
  selectors: Map<string, CandidateSelector>;
}

/**
 * The embedded agents: they need no key and no network. This is where real models get plugged in: the
 * composition root adds an adapter of the port (app/agents/port.ts) under its id to these maps when the
 * operator's environment configures it.
 */
export function createAgents(): Agents {
  return {
    generators: byId([createLexiconGenerator()]),
    selectors: byId([createRandomSelector(), createAttributeValueSelector()]),
  };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
