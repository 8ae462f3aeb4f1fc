import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRange } from "../../../app/server/range.ts";

test.each([
  ["bytes=0-99", 1000, { start: 0, end: 99 }],
  ["bytes=900-", 1000, { start: 900, end: 999 }],
  ["bytes=-100", 1000, { start: 900, end: 999 }],
  ["bytes=-5000", 1000, { start: 0, end: 999 }],
  ["bytes=0-99999", 1000, { start: 0, end: 999 }],
  ["bytes=1000-", 1000, "unsatisfiable"],
  ["bytes=-0", 1000, "unsatisfiable"],
  ["bytes=5-2", 1000, null],
  ["bytes=0-1,4-5", 1000, null],
  ["lines=0-1", 1000, null],
  ["bytes=-", 1000, null],
])("%s of %d bytes", (header, size, expected) => {
  expect(parseRange(header, size)).toEqual(expected);
});

test("a range always lies inside the object, whatever is asked", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(5000), fc.nat(9000), fc.nat(9000), (junk, size, a, b) => {
      for (const header of [junk, `bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`]) {
        const range = parseRange(header, size);
        if (range === null || range === "unsatisfiable") continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeLessThan(size);
        expect(range.start).toBeLessThanOrEqual(range.end);
      }
    }),
  );
});
