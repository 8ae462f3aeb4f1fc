import type { Option } from "../../components/inputs.tsx";
import { DIRECT_SLATE } from "./settings-values.ts";

type Choice = { id: string; label: string };

/** Plain names of the agents that come with Turnwise; others go by their id. */
const LABELS: Record<string, string> = {
  lexicon: "Lexicon, not AI",
  random: "Random",
  "attribute-value": "Attribute value",
};

/** Choices for a select; what the study names but this server lacks stays visible. */
export function agentOptions(choices: readonly Choice[], current: string): Option[] {
  const options = choices.map(({ id, label }) => ({
    value: id,
    label: labelOf(id, label),
  }));
  if (current !== "" && !choices.some(({ id }) => id === current)) {
    options.push({ value: current, label: `${current} (not on this server)` });
  }
  return options;
}

/** Generators, and models that only write direct slates. */
export function generatorOptions(
  choices: { generators: Choice[]; directSlates: Choice[] },
  current: string,
): Option[] {
  const known = new Set(choices.generators.map(({ id }) => id));
  const more = choices.directSlates.filter(({ id }) => !known.has(id));
  return agentOptions([...choices.generators, ...more], current);
}

/** Selectors, and no selector at all where a model of this server can write the columns itself. */
export function selectorOptions(
  choices: { selectors: Choice[]; directSlates: Choice[] },
  current: string,
): Option[] {
  const isOffered = choices.directSlates.length > 0 || current === DIRECT_SLATE;
  const none = { id: DIRECT_SLATE, label: "direct slate, no selector" };
  return agentOptions(isOffered ? [...choices.selectors, none] : choices.selectors, current);
}

/** Names that the operator gave stay as they are; what comes with Turnwise reads like the rest of the page. */
function labelOf(id: string, label: string): string {
  if (label === id) return LABELS[id] ?? id;
  return label.startsWith(`${id}:`) ? label : label.charAt(0).toUpperCase() + label.slice(1);
}
