import { createRandom } from "../../domain/random.ts";
import { AgentOutputError, type CandidateSelector } from "../port.ts";
import { groupByCategory } from "./group-by-category.ts";

/**
 * The random policy of paper section 6.1: `columnCount` of the categories uniformly, then one candidate
 * uniformly in each, in random column order. A candidate's propensity (chance to be in the slate) is
 * columnCount / categories × 1 / size of its category, exact for every candidate.
 */
export function createRandomSelector(): CandidateSelector {
  return {
    id: "random",
    version: "1",
    select: async (input, candidates, columnCount, signal) => {
      signal.throwIfAborted();
      const groups = [...groupByCategory(candidates).values()];
      if (groups.length < columnCount) {
        throw new AgentOutputError(
          `${columnCount} columns need as many categories, but there are ${groups.length}`,
        );
      }
      const random = createRandom(input.seed);
      // A uniform shuffle gives both a uniform subset and a uniform column order.
      const picks = random
        .shuffle(groups)
        .slice(0, columnCount)
        .map((group) => ({ candidateIndex: random.pick(group), score: null }));
      const propensities = candidates.map(() => 0);
      for (const group of groups) {
        for (const index of group) propensities[index] = columnCount / groups.length / group.length;
      }
      return { picks, scores: candidates.map(() => null), propensities };
    },
  };
}
