import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocationBlock } from "../../../app/domain/allocation.ts";
import { answerCount, missingAnswers, type TurnAnswers } from "../../../app/domain/evaluation.ts";
import { createRandom, MAX_SEED, seedFrom } from "../../../app/domain/random.ts";
import { drawSlateOrder, imageLabel, positionsOf } from "../../../app/domain/slate.ts";
import { defaultStudySettings, studySettingsSchema } from "../../../app/domain/study-settings.ts";
import { cleanLine, cleanText, critiqueProblem, initialPromptProblem } from "../../../app/domain/text.ts";
import { countWords, expansionWordLimit } from "../../../app/domain/words.ts";

const anyText = fc.string({ unit: "binary" });

describe("words", () => {
  test("are runs of anything but Unicode white space", () => {
    expect(countWords("  An ancient\u00a0Egyptian\u2003temple\nwith  hieroglyphs ")).toBe(6);
    expect(countWords("   ")).toBe(0);
    expect(countWords("well-known l'été 猫が眠る")).toBe(3);
  });

  test("the limit of an expansion grows by turn from the prompt's own length to l_max", () => {
    const limits = [0, 1, 2, 3, 4].map((t) => expansionWordLimit(6, t, 5, 62));
    expect(limits).toEqual([17, 28, 39, 50, 62]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 20 }), (l0, horizon) => {
        const all = Array.from({ length: horizon }, (_, t) => expansionWordLimit(l0, t, horizon, 62));
        expect(all).toEqual([...all].sort((a, b) => a - b));
        expect(Math.min(...all)).toBeGreaterThanOrEqual(l0);
        expect(all.at(-1)).toBe(Math.max(l0, 62));
      }),
    );
  });
});

describe("typed text", () => {
  test("is made storable: well-formed, without control characters, trimmed, and cleaning twice changes nothing", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/[^\P{Cc}\n]/u);
        expect(cleanText(clean)).toBe(clean);
        expect(cleanLine(text)).not.toContain("\n");
        expect(cleanLine(cleanLine(text))).toBe(cleanLine(text));
      }),
    );
  });

  test("a prompt has 1 to 12 words, a critique 0 to 12", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), (n) => {
        const text = Array(n).fill("word").join(" ");
        expect(initialPromptProblem(text, 12) === null).toBe(n >= 1 && n <= 12);
        expect(critiqueProblem(text, 12) === null).toBe(n <= 12);
      }),
    );
    expect(initialPromptProblem("x".repeat(401), 12)).toMatch(/400 characters/);
  });
});

describe("slate order", () => {
  test("is a permutation of columns and of each column's rows, the same for the same seed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_SEED }),
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, columnCount, imagesPerColumn) => {
          const order = drawSlateOrder(columnCount, imagesPerColumn, createRandom(seed));
          expect([...order.columns].sort()).toEqual(Array.from({ length: columnCount }, (_, i) => i));
          expect(order.rows).toHaveLength(columnCount);
          for (const row of order.rows) {
            expect([...row].sort()).toEqual(Array.from({ length: imagesPerColumn }, (_, i) => i));
            expect(positionsOf(positionsOf(row))).toEqual(row);
          }
          expect(drawSlateOrder(columnCount, imagesPerColumn, createRandom(seed))).toEqual(order);
        },
      ),
    );
  });

  test("every column is shown at every position about equally often", () => {
    const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
    const draws = 4000;
    for (let seed = 0; seed < draws; seed++) {
      drawSlateOrder(4, 4, createRandom(seedFrom("uniform", seed))).columns.forEach((column, position) => {
        const row = counts[column] as number[];
        row[position] = (row[position] ?? 0) + 1;
      });
    }
    // χ² per column, 3 degrees of freedom; 25 is beyond p = 0.0001 for each.
    for (const row of counts) {
      const chi2 = row.reduce((sum, n) => sum + (n - draws / 4) ** 2 / (draws / 4), 0);
      expect(chi2).toBeLessThan(25);
    }
  });

  test("labels are 1A to 4D", () => {
    expect(imageLabel(1, 0)).toBe("2A");
    expect(imageLabel(3, 3)).toBe("4D");
  });
});

describe("allocation block", () => {
  const arms = fc.uniqueArray(
    fc.record({ armKey: fc.stringMatching(/^[a-z]{1,8}$/), weight: fc.integer({ min: 1, max: 5 }) }),
    { minLength: 1, maxLength: 5, selector: (a) => a.armKey },
  );

  test("holds every arm by its weight, once or twice over, whatever the order in which arms are named", () => {
    fc.assert(
      fc.property(arms, fc.integer({ min: 0, max: MAX_SEED }), fc.nat(1000), (list, seed, index) => {
        const block = allocationBlock(seed, index, list);
        const total = list.reduce((sum, a) => sum + a.weight, 0);
        const multiple = block.armKeys.length / total;
        expect(multiple).toBeOneOf([1, 2]);
        for (const arm of list) {
          expect(block.armKeys.filter((k) => k === arm.armKey)).toHaveLength(arm.weight * multiple);
        }
        expect(allocationBlock(seed, index, [...list].reverse())).toEqual(block);
      }),
    );
  });

  test("blocks of both lengths occur, and differ between seeds", () => {
    const two = [
      { armKey: "a", weight: 1 },
      { armKey: "b", weight: 1 },
    ];
    const blocks = Array.from({ length: 64 }, (_, i) => allocationBlock(i, 0, two).armKeys.join(""));
    expect(new Set(blocks.map((b) => b.length))).toEqual(new Set([2, 4]));
    expect(new Set(blocks).size).toBeGreaterThan(4);
  });
});

describe("evaluation", () => {
  const columnIds = ["c1", "c2", "c3", "c4"];
  const empty = (turnIndex: number): TurnAnswers => ({
    turnIndex,
    confirmedColumnId: null,
    columnSatisfactions: {},
    rationale: "",
    vsPrevious: null,
    turnSatisfaction: null,
  });

  test("the default study asks 39 answers", () => {
    expect(answerCount(5, 4)).toBe(39);
    const asked = [0, 1, 2, 3, 4].flatMap((t) => missingAnswers(empty(t), columnIds, 3));
    expect(asked).toHaveLength(39);
    expect(asked.filter((m) => m.question === "vs_previous").map((m) => m.turnIndex)).toEqual([1, 2, 3, 4]);
  });

  test("each answer given removes exactly its own gap", () => {
    const full: TurnAnswers = {
      turnIndex: 2,
      confirmedColumnId: "c2",
      columnSatisfactions: { c1: 1, c2: 5, c3: 3, c4: 2 },
      rationale: "closest to it",
      vsPrevious: "same",
      turnSatisfaction: 4,
    };
    expect(missingAnswers(full, columnIds, 3)).toEqual([]);
    expect(missingAnswers({ ...full, rationale: "two words" }, columnIds, 3)).toMatchObject([
      { question: "rationale" },
    ]);
    expect(
      missingAnswers(
        { ...full, columnSatisfactions: { ...full.columnSatisfactions, c3: null } },
        columnIds,
        3,
      ),
    ).toMatchObject([{ question: "column_satisfaction", columnId: "c3", message: "Rate column 3." }]);
    expect(missingAnswers({ ...full, turnIndex: 0, vsPrevious: null }, columnIds, 3)).toEqual([]);
  });
});

describe("study settings", () => {
  test("the defaults are the paper's sizes with two concurrent arms", () => {
    expect(defaultStudySettings()).toMatchObject({
      horizon: 5,
      columnCount: 4,
      imagesPerColumn: 4,
      candidateCount: 25,
      categoryCount: 5,
      initialPromptMaxWords: 12,
      critiqueMaxWords: 12,
      expansionMaxWords: 62,
    });
    expect(defaultStudySettings().arms.map((a) => a.agent.selector)).toEqual(["random", "attribute-value"]);
  });

  test("impossible combinations are refused at the field", () => {
    const refused = (patch: object) =>
      studySettingsSchema
        .safeParse({ ...defaultStudySettings(), ...patch })
        .error?.issues.map((i) => i.path.join("."));
    expect(refused({ categoryCount: 3 })).toEqual(["categoryCount"]);
    expect(refused({ candidateCount: 4 })).toEqual(["candidateCount"]);
    expect(refused({ arms: [] })).toEqual(["arms"]);
    const arm = defaultStudySettings().arms[0];
    expect(refused({ arms: [arm, arm] })).toEqual(["arms"]);
    expect(refused({ horizon: 0 })).toEqual(["horizon"]);
  });
});
