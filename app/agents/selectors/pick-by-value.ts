import { createRandom } from "../../domain/random.ts";
import { AgentOutputError, type Candidate, type SelectorResult } from "../port.ts";
import { groupByCategory } from "./group-by-category.ts";

/**
 * The value-based policy (paper section 6.1). The value of a slate is the mean of its prompts' values, so the best slate
 * with one candidate per category is exact: the best of each category, then the `columnCount` best of those, in order of
 * value.
 *
 * Ties are broken by the seed. Propensities: 1 for a pick and 0 for the rest, because the policy is deterministic; null
 * for every candidate whose place a tie decided.
 */
export function pickByValue(
  scores: readonly number[],
  candidates: readonly Candidate[],
  columnCount: number,
  seed: number,
): SelectorResult {
  const groups = [...groupByCategory(candidates).values()];
  if (groups.length < columnCount) {
    throw new AgentOutputError(
      `${columnCount} columns need as many categories, but there are ${groups.length}`,
    );
  }
  const score = (index: number) => scores[index] ?? 0;
  const random = createRandom(seed);
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
    scores: [...scores],
    propensities,
  };
}
