import { createRandom, seedFrom } from "./random.ts";

/**
 * Which entry of a list of cues or given prompts task number `position` (0-based) of a study version gets. The list is
 * gone through in full, in a new random order each time, so no entry is ever used twice more often than another, and
 * nobody without the seed can tell which comes next.
 */
export function promptIndexAt(listSeed: number, itemCount: number, position: number): number {
  if (itemCount < 1) throw new RangeError("a prompt list needs at least one entry");
  const round = Math.floor(position / itemCount);
  const order = createRandom(seedFrom("prompts", listSeed, round)).shuffle(
    Array.from({ length: itemCount }, (_, i) => i),
  );
  return order[position % itemCount] as number;
}
