import type { Option } from "../../components/inputs.tsx";

/** Plain names of the agents that come with Turnwise; others go by their id. */
const LABELS: Record<string, string> = {
  lexicon: "Lexicon, not AI",
  random: "Random",
  "attribute-value": "Attribute value",
};

/** Choices for a select; what the study names but this server lacks stays visible. */
export function agentOptions(choices: readonly { id: string; label: string }[], current: string): Option[] {
  const options = choices.map(({ id, label }) => ({
    value: id,
    label: capitalised(label === id ? (LABELS[id] ?? id) : label),
  }));
  if (current !== "" && !choices.some(({ id }) => id === current)) {
    options.push({ value: current, label: `${current} (not on this server)` });
  }
  return options;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
