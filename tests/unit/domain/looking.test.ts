import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digitOf, keyNameOf } from "../../../app/domain/key-press.ts";
import {
  boxesAcross,
  edgeOf,
  firstLook,
  LOOK_MODES,
  lookAt,
  moveLook,
  neighboursOf,
  nextMode,
  placesOf,
} from "../../../app/domain/look.ts";
import {
  clampView,
  imagePointAt,
  MAX_SCALE,
  panBy,
  pinch,
  WHOLE,
  zoomAt,
} from "../../../app/domain/pan-zoom.ts";

const part = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const point = fc.record({ x: part, y: part });
const view = fc
  .record({
    scale: fc.double({ min: 0.1, max: 20, noNaN: true }),
    x: fc.double({ min: -5, max: 5, noNaN: true }),
    y: fc.double({ min: -5, max: 5, noNaN: true }),
  })
  .map(clampView);
const factor = fc.double({ min: 0.2, max: 5, noNaN: true });

function expectCovered({ scale, x, y }: { scale: number; x: number; y: number }) {
  expect(scale).toBeGreaterThanOrEqual(1);
  expect(scale).toBeLessThanOrEqual(MAX_SCALE);
  expect(Math.abs(x) * 2).toBeLessThanOrEqual(scale - 1 + 1e-9);
  expect(Math.abs(y) * 2).toBeLessThanOrEqual(scale - 1 + 1e-9);
}

describe("pan and zoom", () => {
  test("no way of moving leaves a gap between image and box, or passes the greatest scale", () => {
    fc.assert(
      fc.property(view, factor, point, point, point, point, (start, by, a, b, c, d) => {
        expectCovered(zoomAt(start, by, a));
        expectCovered(panBy(start, { x: a.x * 9, y: a.y * 9 }));
        expectCovered(pinch(start, [a, b], [c, d]));
      }),
    );
  });

  test("what is under the pointer stays there when zooming in", () => {
    fc.assert(
      fc.property(view, fc.double({ min: 1, max: 5, noNaN: true }), point, (start, by, at) => {
        const before = imagePointAt(start, at);
        const after = imagePointAt(zoomAt(start, by, at), at);
        expect(after.x).toBeCloseTo(before.x, 6);
        expect(after.y).toBeCloseTo(before.y, 6);
      }),
    );
  });

  test("zooming out all the way shows the whole image, from anywhere", () => {
    fc.assert(
      fc.property(view, point, (start, at) => {
        expect(zoomAt(start, 1e-3, at)).toEqual(WHOLE);
      }),
    );
  });

  test("fingers that spread around one place keep it between them", () => {
    fc.assert(
      fc.property(view, point, fc.double({ min: 1, max: 3, noNaN: true }), (start, at, spread) => {
        const around = (d: number) =>
          [
            { x: at.x - d, y: at.y },
            { x: at.x + d, y: at.y },
          ] as const;
        const before = imagePointAt(start, at);
        const after = imagePointAt(pinch(start, around(0.1), around(0.1 * spread)), at);
        expect(after.x).toBeCloseTo(before.x, 6);
        expect(after.y).toBeCloseTo(before.y, 6);
      }),
    );
  });
});

const sizesOf = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 });
const direction = fc.constantFrom("left", "right", "up", "down");
const walk = fc.record({
  sizes: sizesOf,
  steps: fc.array(direction, { maxLength: 40 }),
  mode: fc.constantFrom(...LOOK_MODES),
});

describe("which image is next", () => {
  test("every walk stays in the slate, in every mode", () => {
    fc.assert(
      fc.property(walk, ({ sizes, steps, mode }) => {
        const end = steps.reduce((look, step) => moveLook(look, step, sizes), { ...firstLook(sizes), mode });
        const places = placesOf(end, sizes).flat();
        expect(places.length).toBeGreaterThan(0);
        for (const { column, row } of places) {
          expect(row).toBeGreaterThanOrEqual(0);
          expect(row).toBeLessThan(sizes[column] as number);
        }
      }),
    );
  });

  test("the way back leads back", () => {
    const back = { left: "right", right: "left", up: "down", down: "up" } as const;
    fc.assert(
      fc.property(walk, direction, ({ sizes, steps }, step) => {
        const there = steps.reduce((look, s) => moveLook(look, s, sizes), firstLook(sizes));
        expect(moveLook(moveLook(there, step, sizes), back[step], sizes)).toEqual(there);
      }),
    );
  });

  test("the image that was looked at last stands for its column when columns are compared", () => {
    const sizes = [4, 4, 4, 4];
    const seen = lookAt(lookAt(firstLook(sizes), { column: 1, row: 2 }), { column: 3, row: 1 }, "best");
    expect(placesOf(seen, sizes)).toEqual([
      [{ column: 0, row: 0 }],
      [{ column: 1, row: 2 }],
      [{ column: 2, row: 0 }],
      [{ column: 3, row: 1 }],
    ]);
  });

  test("what is fetched ahead is what one step shows, each once, and nothing that is on view", () => {
    fc.assert(
      fc.property(walk, direction, ({ sizes, steps, mode }, step) => {
        const look = steps.reduce((at, s) => moveLook(at, s, sizes), { ...firstLook(sizes), mode });
        const key = (p: { column: number; row: number }) => `${p.column}:${p.row}`;
        const ahead = neighboursOf(look, sizes).map(key);
        const here = placesOf(look, sizes).flat().map(key);
        expect(new Set(ahead).size).toBe(ahead.length);
        expect(ahead.filter((k) => here.includes(k))).toEqual([]);
        const next = placesOf(moveLook(look, step, sizes), sizes)
          .flat()
          .map(key);
        for (const k of next) expect([...here, ...ahead]).toContain(k);
      }),
    );
  });

  test("the ways to look come round", () => {
    expect(nextMode("one", ["one", "column", "best"])).toBe("column");
    expect(nextMode("best", ["one", "column", "best"])).toBe("one");
  });

  test("boxes are laid out so that no other number in a row makes them larger", () => {
    const length = fc.integer({ min: 100, max: 3000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), length, length, (count, width, height) => {
        const edge = edgeOf(count, boxesAcross(count, width, height), width, height);
        for (let across = 1; across <= count; across++) {
          expect(edge).toBeGreaterThanOrEqual(edgeOf(count, across, width, height));
        }
      }),
    );
    expect(boxesAcross(4, 1400, 800)).toBe(2);
    expect(boxesAcross(2, 390, 700)).toBe(1);
  });
});

describe("keys", () => {
  test.each([
    ["QWERTY", { key: "2", code: "Digit2" }, "2"],
    ["AZERTY without Shift", { key: "é", code: "Digit2" }, "2"],
    ["AZERTY with Shift", { key: "2", code: "Digit2", shiftKey: true }, "2"],
    ["the number pad", { key: "3", code: "Numpad3" }, "3"],
    ["Arabic digits", { key: "٣", code: "Digit3" }, "3"],
    ["Russian", { key: "с", code: "KeyC" }, "C"],
    ["Greek", { key: "ψ", code: "KeyC" }, "C"],
    ["Dvorak, where C lies elsewhere", { key: "c", code: "KeyI" }, "C"],
    ["Dvorak, where J is on the C key", { key: "j", code: "KeyC" }, null],
    ["a question mark wherever it is", { key: "?", code: "Minus", shiftKey: true }, "?"],
    ["plus without Shift", { key: "=", code: "Equal" }, "+"],
    ["an exclamation mark", { key: "!", code: "Digit1", shiftKey: true }, null],
    ["Ctrl and a digit", { key: "2", code: "Digit2", ctrlKey: true }, null],
    ["Alt and a letter", { key: "c", code: "KeyC", altKey: true }, null],
    ["Command and a letter", { key: "c", code: "KeyC", metaKey: true }, null],
    ["an unfinished composition", { key: "c", code: "KeyC", isComposing: true }, null],
  ])("%s", (_, press, expected) => {
    expect(keyNameOf(press)).toBe(expected);
  });

  test("no key counts with Ctrl, Alt or Command, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom("ctrlKey", "altKey", "metaKey"),
        (key, code, modifier) => {
          expect(keyNameOf({ key, code, [modifier]: true })).toBeNull();
        },
      ),
    );
  });

  test("zero is no column", () => {
    expect(digitOf({ key: "0", code: "Digit0" })).toBeNull();
    expect(digitOf({ key: "9", code: "Digit9" })).toBe(9);
  });
});
