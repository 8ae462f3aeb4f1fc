import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bucket, takeTokens } from "../../../app/domain/provider-limits.ts";

test("however often and greedily it is asked, a bucket gives its rate and one burst at most", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6_000 }),
      fc.array(fc.record({ ms: fc.nat(5_000), wanted: fc.nat(50) }), { minLength: 1, maxLength: 100 }),
      (perMinute, asks) => {
        let now = 5_000;
        let bucket: Bucket | null = null;
        let given = 0;
        const start = now;
        for (const { ms, wanted } of asks) {
          now += ms;
          const step = takeTokens(bucket, perMinute, wanted, now);
          expect(step.taken).toBeLessThanOrEqual(wanted);
          bucket = step.bucket;
          given += step.taken;
        }
        const burst = Math.max(1, perMinute / 10);
        expect(given).toBeLessThanOrEqual(burst + ((now - start) * perMinute) / 60_000 + 1e-6);
      },
    ),
  );
});

test("a slow limit still gives one at a time, at its pace", () => {
  let bucket: Bucket | null = null;
  const taken: number[] = [];
  for (let second = 0; second <= 60; second += 10) {
    const step = takeTokens(bucket, 2, 5, second * 1_000);
    bucket = step.bucket;
    taken.push(step.taken);
  }
  expect(taken).toEqual([1, 0, 0, 1, 0, 0, 1]);
});

test("a clock that goes backwards gives nothing twice", () => {
  const first = takeTokens(null, 60, 6, 100_000);
  const back = takeTokens(first.bucket, 60, 6, 50_000);
  expect(back).toMatchObject({ taken: 0, bucket: { atMs: 100_000 } });
});
