import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allocationBlock,
  BLOCK_MULTIPLE_MAX,
  drawFromList,
  type WeightedArm,
} from "../../../app/domain/allocation.ts";
import { promptIndexAt } from "../../../app/domain/prompt-order.ts";
import { MAX_SEED } from "../../../app/domain/random.ts";
import blocks from "../../../fixtures/allocation/blocks.json" with { type: "json" };
import draws from "../../../fixtures/allocation/draws.json" with { type: "json" };
import prompts from "../../../fixtures/allocation/prompts.json" with { type: "json" };

const seeds = fc.integer({ min: 0, max: MAX_SEED });
const armLists = fc.uniqueArray(
  fc.record({ armKey: fc.stringMatching(/^[a-z]{1,8}$/), weight: fc.integer({ min: 1, max: 5 }) }),
  { minLength: 1, maxLength: 5, selector: (a) => a.armKey },
);
const TWO = [
  { armKey: "a", weight: 1 },
  { armKey: "b", weight: 1 },
];

/** Draws as the service does, keeping the unread end of the list between them. */
function drawMany(
  listSeed: number,
  arms: readonly WeightedArm[],
  count: number,
  openAt: (draw: number) => ReadonlySet<string> = () => new Set(arms.map((a) => a.armKey)),
) {
  let armKeys: string[] = [];
  let nextBlockIndex = 0;
  return Array.from({ length: count }, (_, i) => {
    const draw = drawFromList(listSeed, { armKeys, nextBlockIndex }, arms, openAt(i));
    if (!draw) return null;
    armKeys = [...armKeys, ...draw.opened.flatMap((b) => b.armKeys)].slice(draw.consumed);
    nextBlockIndex += draw.opened.length;
    return { armKey: draw.armKey, consumed: draw.consumed, probability: draw.probability };
  });
}

describe("golden allocation cases", () => {
  test.each(blocks)(
    "block $blockIndex of seed $listSeed, $name",
    ({ listSeed, blockIndex, arms, armKeys }) => {
      expect(allocationBlock(listSeed, blockIndex, arms)).toEqual({ blockIndex, armKeys });
    },
  );

  test.each(draws)("draws: $name", ({ listSeed, arms, openFrom, draws: expected }) => {
    let open = new Set(arms.map((a) => a.armKey));
    const changes: Record<string, string[] | undefined> = openFrom;
    const seen = drawMany(listSeed, arms, expected.length, (i) => {
      const change = changes[String(i)];
      if (change) open = new Set(change);
      return open;
    });
    expect(seen).toEqual(expected);
  });

  test.each(prompts)("prompts of seed $listSeed, $itemCount entries", ({ listSeed, itemCount, indices }) => {
    expect(indices.map((_, i) => promptIndexAt(listSeed, itemCount, i))).toEqual(indices);
  });
});

describe("an allocation list", () => {
  test("keeps the counts of any two arms within one block at every point, each by its weight", () => {
    fc.assert(
      fc.property(armLists, seeds, fc.integer({ min: 1, max: 120 }), (arms, seed, n) => {
        const counts = new Map(arms.map((a) => [a.armKey, 0]));
        for (const draw of drawMany(seed, arms, n)) {
          const key = draw?.armKey ?? "";
          counts.set(key, (counts.get(key) ?? 0) + 1);
          const shares = arms.map((a) => (counts.get(a.armKey) ?? 0) / a.weight);
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(BLOCK_MULTIPLE_MAX);
        }
      }),
    );
  });

  test("is the same for the same seed, and the order in which arms are named does not matter", () => {
    fc.assert(
      fc.property(armLists, seeds, (arms, seed) => {
        expect(drawMany(seed, [...arms].reverse(), 30)).toEqual(drawMany(seed, arms, 30));
      }),
    );
  });

  test("gives nothing to a paused arm, and its share to the others by their weights", () => {
    fc.assert(
      fc.property(
        armLists,
        seeds,
        fc.array(fc.nat(4), { minLength: 1, maxLength: 40 }),
        (arms, seed, picks) => {
          const openAt = (i: number) =>
            new Set(
              arms
                .filter((_, k) => k !== (picks[i % picks.length] ?? 0) % (arms.length + 1))
                .map((a) => a.armKey),
            );
          drawMany(seed, arms, picks.length, openAt).forEach((draw, i) => {
            const open = arms.filter((a) => openAt(i).has(a.armKey));
            if (open.length === 0) {
              expect(draw).toBeNull();
              return;
            }
            const arm = open.find((a) => a.armKey === draw?.armKey);
            const total = open.reduce((sum, a) => sum + a.weight, 0);
            expect(draw?.probability).toBe((arm?.weight ?? 0) / total);
          });
        },
      ),
    );
  });

  test("records the probability that an arm really has, also while another is paused", () => {
    const arms = [
      { armKey: "a", weight: 1 },
      { armKey: "b", weight: 2 },
      { armKey: "c", weight: 3 },
    ];
    const lists = 6000;
    // "c" is paused before the third draw of every list.
    const openAt = (i: number) => new Set(i < 2 ? ["a", "b", "c"] : ["a", "b"]);
    const third = Array.from({ length: lists }, (_, seed) => drawMany(seed, arms, 3, openAt)[2]);
    for (const key of ["a", "b"]) {
      const share = third.filter((d) => d?.armKey === key).length / lists;
      const recorded = third.find((d) => d?.armKey === key)?.probability ?? 0;
      // Four standard errors.
      expect(Math.abs(share - recorded)).toBeLessThan(4 * Math.sqrt((recorded * (1 - recorded)) / lists));
    }
  });

  test("cannot be predicted from outside: the next arm is even where counts are, and blocks end unseen", () => {
    const lists = 4000;
    const drawn = Array.from({ length: lists }, (_, seed) =>
      drawMany(seed * 7919, TWO, 12).map((d) => d?.armKey as string),
    );
    const guessRate = (guess: (before: string[]) => string | null) => {
      let right = 0;
      let tries = 0;
      for (const list of drawn) {
        for (let i = 0; i < list.length; i++) {
          const said = guess(list.slice(0, i));
          if (said === null) continue;
          tries += 1;
          if (said === list[i]) right += 1;
        }
      }
      return right / tries;
    };
    const lead = (before: string[]) => before.reduce((n, key) => n + (key === "a" ? 1 : -1), 0);
    // Whoever has seen nothing, or an even count, has a coin.
    expect(guessRate((b) => (b.length === 0 ? "a" : null))).toBeCloseTo(0.5, 1);
    expect(guessRate((b) => (lead(b) === 0 ? "a" : null))).toBeCloseTo(0.5, 1);
    // Even one who sees all arms so far and bets on the one that is behind is wrong about a quarter of the time; with
    // blocks of two it would be always right then.
    const behind = guessRate((b) => (lead(b) === 0 ? null : lead(b) > 0 ? "b" : "a"));
    expect(behind).toBeLessThan(0.9);
    // The list of one stratum tells nothing of another's.
    const agree = drawn.slice(1).filter((list, i) => list[0] === drawn[i]?.[0]).length / (lists - 1);
    expect(agree).toBeCloseTo(0.5, 1);
  });
});

describe("the order of cues and given prompts", () => {
  test("uses every entry once before any is used again", () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 200 }),
        (seed, items, n) => {
          const counts = Array(items).fill(0) as number[];
          for (let i = 0; i < n; i++) {
            const index = promptIndexAt(seed, items, i);
            counts[index] = (counts[index] ?? 0) + 1;
          }
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test("differs between rounds and between seeds", () => {
    const round = (seed: number, r: number) =>
      Array.from({ length: 20 }, (_, i) => promptIndexAt(seed, 20, r * 20 + i)).join();
    expect(new Set([round(1, 0), round(1, 1), round(2, 0), round(2, 1)]).size).toBe(4);
  });
});
