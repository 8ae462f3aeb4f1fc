import { createLexiconGenerator } from "./lexicon/index.ts";
import type { CandidateGenerator, CandidateSelector, DirectSlateAgent } from "./port.ts";
import { createAttributeValueSelector } from "./selectors/attribute-value.ts";
import { createRandomSelector } from "./selectors/random.ts";

/** Agents by id, as arms name them. */
export interface Agents {
  generators: Map<string, CandidateGenerator>;
  selectors: Map<string, CandidateSelector>;
  directSlates: Map<string, DirectSlateAgent>;
}

/** Adapters of services that the operator configured. */
export interface RemoteAgents {
  generators?: readonly CandidateGenerator[];
  selectors?: readonly CandidateSelector[];
  directSlates?: readonly DirectSlateAgent[];
}

/** The embedded agents, which need no key and no network, and the remote ones that the composition root hands in. */
export function createAgents(remote: RemoteAgents = {}): Agents {
  return {
    generators: byId([createLexiconGenerator(), ...(remote.generators ?? [])]),
    selectors: byId([createRandomSelector(), createAttributeValueSelector(), ...(remote.selectors ?? [])]),
    directSlates: byId(remote.directSlates ?? []),
  };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
