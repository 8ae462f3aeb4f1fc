import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A seeded stream of numbers. The only source of chance in domain code, agents and renderers. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, n); n must be at least 1. */
  below(n: number): number;
  /** A fresh 31-bit unsigned seed. */
  seed(): number;
  /** One element of a non-empty list. */
  pick<T>(items: readonly T[]): T;
  /** A uniformly shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
}

export const MAX_SEED = 0x7fffffff;

/** The same seed gives the same stream, on every platform and version of Turnwise. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  const below = (n: number) => uniformInt(generator, 0, n - 1);
  return {
    next: () => uniformFloat64(generator),
    below,
    seed: () => uniformInt(generator, 0, MAX_SEED),
    pick: (items) => {
      if (items.length === 0) throw new RangeError("pick() needs at least one item");
      return items[below(items.length)] as (typeof items)[number];
    },
    shuffle: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [out[i], out[j]] = [out[j] as (typeof out)[number], out[i] as (typeof out)[number]];
      }
      return out;
    },
  };
}

/** A 31-bit seed from strings and numbers (FNV-1a with a final avalanche). For spreading, not for secrets. */
export function seedFrom(...parts: (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const ch of parts.join("\u001f")) {
    h = Math.imul(h ^ (ch.codePointAt(0) ?? 0), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) & MAX_SEED;
}
