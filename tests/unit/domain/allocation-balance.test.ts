import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocationBlock, BLOCK_MULTIPLE_MAX, listImbalance } from "../../../app/domain/allocation.ts";
import { expectedByWeights, sampleRatio as ratioOf } from "../../../app/domain/sample-ratio.ts";
import { wilsonInterval } from "../../../app/domain/wilson.ts";
import { chiSquareTail } from "../../../app/services/study/chi-square-tail.ts";

describe("imbalance of a list", () => {
  it("is the difference of counts by weight", () => {
    expect(
      listImbalance([
        { weight: 1, drawn: 3 },
        { weight: 2, drawn: 2 },
      ]),
    ).toBe(2);
    expect(listImbalance([])).toBe(0);
  });

  it("never passes the block bound, wherever a list of open arms stands", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 1e9 }), fc.nat(120), (ws, seed, drawn) => {
        const arms = ws.map((weight, i) => ({ armKey: `arm${i}`, weight }));
        const list: string[] = [];
        for (let i = 0; list.length < drawn; i++) list.push(...allocationBlock(seed, i, arms).armKeys);
        const taken = list.slice(0, drawn);
        const counts = arms.map((a) => ({ ...a, drawn: taken.filter((key) => key === a.armKey).length }));
        expect(listImbalance(counts)).toBeLessThanOrEqual(BLOCK_MULTIPLE_MAX);
      }),
    );
  });
});

describe("sample-ratio mismatch", () => {
  const sampleRatio = (arms: Parameters<typeof ratioOf>[0]) => ratioOf(arms, chiSquareTail);
  const even = (...observed: number[]) => {
    const expected = observed.reduce((a, b) => a + b, 0) / observed.length;
    return sampleRatio(observed.map((o) => ({ observed: o, expected })));
  };

  // χ² of 10.828 with 1 df and 5.991 with 2 df are the tabled points of 0.1 % and 5 %.
  it.each([
    { observed: [60, 40], expected: 50, chiSquare: 4, p: 0.0455 },
    {
      observed: [100 - Math.sqrt(541.4), 100 + Math.sqrt(541.4)],
      expected: 100,
      chiSquare: 10.828,
      p: 0.001,
    },
    { observed: [10, 22, 16], expected: 16, chiSquare: 4.5, p: 0.1054 },
    {
      observed: [16 - Math.sqrt(47.928), 16, 16 + Math.sqrt(47.928)],
      expected: 16,
      chiSquare: 5.991,
      p: 0.05,
    },
  ])("of $observed where $expected each are expected is χ² = $chiSquare, p = $p", (known) => {
    const { observed, expected, chiSquare, p } = known;
    const check = sampleRatio(observed.map((n) => ({ observed: n, expected })));
    if (check.kind === "not_enough") throw new Error("not enough");
    expect(check.chiSquare).toBeCloseTo(chiSquare, 6);
    expect(check.degreesOfFreedom).toBe(observed.length - 1);
    expect(check.p).toBeCloseTo(p, 4);
  });

  it("is an alarm below p = 0.001 only, and needs five expected of each arm", () => {
    expect(even(66, 34).kind).toBe("fits");
    expect(even(67, 33).kind).toBe("mismatch");
    expect(even(5, 5).kind).toBe("fits");
    expect(even(9, 0).kind).toBe("not_enough");
    expect(even(500).kind).toBe("not_enough");
    expect(sampleRatio([]).kind).toBe("not_enough");
  });

  it("is far from an alarm for any counts that are as expected", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 5, max: 1e6 }), { minLength: 2, maxLength: 8 }), (counts) => {
        expect(sampleRatio(counts.map((n) => ({ observed: n, expected: n })))).toMatchObject({
          kind: "fits",
          p: 1,
        });
      }),
    );
  });

  it("expects of each version its own total by its own weights", () => {
    expect(
      expectedByWeights([
        { version: 1, armKey: "a", weight: 1, count: 8 },
        { version: 1, armKey: "b", weight: 1, count: 2 },
        { version: 2, armKey: "a", weight: 2, count: 9 },
        { version: 2, armKey: "c", weight: 1, count: 0 },
      ]),
    ).toEqual([
      { armKey: "a", observed: 17, expected: 11 },
      { armKey: "b", observed: 2, expected: 5 },
      { armKey: "c", observed: 0, expected: 3 },
    ]);
  });
});

describe("Wilson's interval", () => {
  // 81 of 263, 15 of 148 and 0 of 20: Newcombe 1998, table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [5, 10, 0.2366, 0.7634],
  ])("of %i in %i is %f to %f", (successes, total, low, high) => {
    const interval = wilsonInterval(successes, total);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it("is within 0 and 1, holds the share, and is the mirror of the complement's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (total, n) => {
        const successes = n % (total + 1);
        const { low, high } = wilsonInterval(successes, total) ?? { low: 2, high: -1 };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / total);
        expect(high).toBeGreaterThanOrEqual(successes / total);
        const mirror = wilsonInterval(total - successes, total);
        expect(mirror?.low).toBeCloseTo(1 - high, 12);
      }),
    );
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});
