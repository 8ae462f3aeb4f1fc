import fc from "fast-check";
import { expect, it } from "vitest";
import { armLetters, byLetter, isBlindToArms } from "../../../app/domain/arm-mask.ts";

it("hides arms from those who manage a study until its analysis is unlocked, and never from researchers", () => {
  expect(isBlindToArms("coordinator", null)).toBe(true);
  expect(isBlindToArms("admin", null)).toBe(true);
  expect(isBlindToArms("researcher", null)).toBe(false);
  expect(isBlindToArms("coordinator", 1)).toBe(false);
});

it("goes on after Z", () => {
  const letters = [...armLetters(Array.from({ length: 54 }, (_, i) => `k${i}`)).values()];
  expect([letters[0], letters[25], letters[26], letters[51], letters[52]]).toEqual([
    "A",
    "Z",
    "AA",
    "AZ",
    "BA",
  ]);
  const sorted = letters.map((letter) => ({ letter })).sort(byLetter);
  expect(sorted.map((x) => x.letter)).toEqual(letters);
});

it("gives each arm one letter of its own, which later arms do not move", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), fc.array(fc.string()), (first, later) => {
      const before = armLetters(first);
      const after = armLetters([...first, ...later]);
      expect(new Set(after.values()).size).toBe(new Set([...first, ...later]).size);
      for (const [key, letter] of before) expect(after.get(key)).toBe(letter);
    }),
  );
});
