import type { Candidate } from "../port.ts";

/** Indices of the candidates of each category, in the order of the candidates. */
export function groupByCategory(candidates: readonly Candidate[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, candidate] of candidates.entries()) {
    const group = groups.get(candidate.category);
    if (group === undefined) groups.set(candidate.category, [index]);
    else group.push(index);
  }
  return groups;
}
