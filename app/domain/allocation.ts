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
 * A block is this many times the sum of the weights at most. So in a list of open arms the counts of two arms, each
 * divided by its weight, never differ by more than this: the block bound.
 */
export const BLOCK_MULTIPLE_MAX = 2;

/**
 * How far the drawn counts of one list are apart: the greatest difference of two arms' counts, each divided by its
 * weight. While no arm is paused it is {@link BLOCK_MULTIPLE_MAX} at most.
 */
export function listImbalance(arms: readonly { weight: number; drawn: number }[]): number {
  const shares = arms.map((arm) => arm.drawn / arm.weight);
  return shares.length === 0 ? 0 : Math.max(...shares) - Math.min(...shares);
}

/**
 * Block `blockIndex` of the allocation list of one stratum: a permuted block whose length is 1× or 2× the
 * sum of the weights, drawn at random so that the end of a block cannot be guessed (method, section 1).
 * The same list seed and index give the same block. `fixtures/allocation` is its specification.
 */
export function allocationBlock(
  listSeed: number,
  blockIndex: number,
  arms: readonly WeightedArm[],
): AllocationBlock {
  if (arms.length === 0) throw new RangeError("an allocation list needs at least one arm");
  const random = createRandom(seedFrom("allocation", listSeed, blockIndex));
  const multiple = 1 + random.below(BLOCK_MULTIPLE_MAX);
  const sorted = [...arms].sort((a, b) => (a.armKey < b.armKey ? -1 : 1));
  const entries = sorted.flatMap((a) => Array<string>(a.weight * multiple).fill(a.armKey));
  return { blockIndex, armKeys: random.shuffle(entries) };
}

/** The unread end of a list, and which block comes after it. */
export interface ListTail {
  armKeys: readonly string[];
  nextBlockIndex: number;
}

export interface Draw {
  armKey: string;
  /** Entries of the tail that are used up, with the drawn one last: those before it belong to paused arms. */
  consumed: number;
  /** Blocks that had to be opened, to be appended to the list. */
  opened: AllocationBlock[];
  /** Probability of this arm among those that were open. */
  probability: number;
}

/**
 * The next arm of a list. Entries of paused arms are passed over and never given to another; when the list has run out
 * the next block is opened, so that balance is kept by going on, never by using an abandoned entry again. Among entries
 * of equal standing any order is as likely as another, so passing over some leaves the others' shares as their weights.
 * Null while every arm is paused.
 */
export function drawFromList(
  listSeed: number,
  tail: ListTail,
  arms: readonly WeightedArm[],
  openArmKeys: ReadonlySet<string>,
): Draw | null {
  const open = arms.filter((a) => openArmKeys.has(a.armKey));
  if (open.length === 0) return null;
  const total = open.reduce((sum, a) => sum + a.weight, 0);
  const entries = [...tail.armKeys];
  const opened: AllocationBlock[] = [];
  for (let i = 0; ; i++) {
    if (i >= entries.length) {
      const block = allocationBlock(listSeed, tail.nextBlockIndex + opened.length, arms);
      opened.push(block);
      entries.push(...block.armKeys);
    }
    const arm = open.find((a) => a.armKey === entries[i]);
    if (arm) return { armKey: arm.armKey, consumed: i + 1, opened, probability: arm.weight / total };
  }
}
