import { createRandom, seedFrom } from "./random.ts";

export interface WeightedArm {
  armKey: string;
  weight: number;
}

/** One permuted block: every arm `weight × multiple` times, in random order. */
export interface AllocationBlock {
  blockIndex: number;
  armKeys: string[];
}

/**
 * Block `blockIndex` of the allocation list of one stratum: a permuted block whose length is 1× or 2× the
 * sum of the weights, drawn at random so that the end of a block cannot be guessed (method, section 1).
 * The same list seed and index give the same block.
 */
export function allocationBlock(
  listSeed: number,
  blockIndex: number,
  arms: readonly WeightedArm[],
): AllocationBlock {
  if (arms.length === 0) throw new RangeError("an allocation list needs at least one arm");
  const random = createRandom(seedFrom("allocation", listSeed, blockIndex));
  const multiple = 1 + random.below(2);
  const sorted = [...arms].sort((a, b) => (a.armKey < b.armKey ? -1 : 1));
  const entries = sorted.flatMap((a) => Array<string>(a.weight * multiple).fill(a.armKey));
  return { blockIndex, armKeys: random.shuffle(entries) };
}
