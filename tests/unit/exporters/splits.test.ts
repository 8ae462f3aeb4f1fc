import { describe, expect, it } from "vitest";
import { createSplits } from "../../../exporters/splits.ts";

const OPTIONS = { key: "k", testUnseen: 0.2, testSeen: 0.3 };

/** `raters` raters with `each` trajectories in turn. */
function draw(raters: number, each: number, options = OPTIONS) {
  const splitOf = createSplits(options);
  return Array.from({ length: raters * each }, (_, i) => {
    const raterId = `r${i % raters}`;
    return { id: `t${i}`, raterId, split: splitOf({ id: `t${i}`, raterId }, i < raters) };
  });
}

describe("splits", () => {
  it("keep the raters of test_unseen out of the other two, and have seen every rater of test_seen in train", () => {
    const drawn = draw(300, 5);
    const raters = (split: string) => new Set(drawn.filter((d) => d.split === split).map((d) => d.raterId));
    const [train, seen, unseen] = [raters("train"), raters("test_seen"), raters("test_unseen")];
    expect([...unseen].filter((r) => train.has(r) || seen.has(r))).toEqual([]);
    expect([...seen].filter((r) => !train.has(r))).toEqual([]);
    expect(unseen.size).toBeGreaterThan(0);
    expect(seen.size).toBeGreaterThan(0);
  });

  it("have about the shares that were asked for", () => {
    const drawn = draw(2000, 5);
    const count = (split: string) => drawn.filter((d) => d.split === split).length;
    expect(count("test_unseen") / drawn.length).toBeCloseTo(0.2, 1);
    expect(count("test_seen") / (2000 * 0.8 * 4)).toBeCloseTo(0.3, 1);
    expect(draw(50, 2, { ...OPTIONS, testUnseen: 0, testSeen: 0 }).every((d) => d.split === "train")).toBe(
      true,
    );
    expect(draw(50, 2, { ...OPTIONS, testUnseen: 1 }).every((d) => d.split === "test_unseen")).toBe(true);
  });

  it("stay what they were when data are added, and change with the key", () => {
    const before = draw(40, 3);
    const after = draw(40, 6);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(draw(40, 3, { ...OPTIONS, key: "other" })).not.toEqual(before);
  });

  it("refuse shares that are none", () => {
    expect(() => createSplits({ ...OPTIONS, testSeen: 1.5 })).toThrow("from 0 to 1");
    expect(() => createSplits({ ...OPTIONS, testUnseen: Number.NaN })).toThrow("from 0 to 1");
  });
});
