import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../app/domain/random.ts";
import { critiqueProblem, initialPromptProblem } from "../../../app/domain/text.ts";
import { countWords } from "../../../app/domain/words.ts";
import { measureImage } from "../../../cli/simulate/image-features.ts";
import { loadPrompts } from "../../../cli/simulate/prompts.ts";
import {
  answerTurn,
  compareWithPrevious,
  decideTurn,
  satisfactionOf,
  softmaxChoice,
  USER_TYPES,
  type UserType,
  utilityOf,
} from "../../../cli/simulate/rater-model.ts";

const plain = (r: number, g: number, b: number) =>
  sharp({ create: { width: 32, height: 32, channels: 3, background: { r, g, b } } })
    .webp()
    .toBuffer();
const columns = [-1, 0.5, 2, 0].map((utility, i) => ({ columnId: `col_${i}`, utility }));
const [brightColours, darkAndCalm] = USER_TYPES as [UserType, UserType];

describe("simulated raters", () => {
  it("see brightness, colour and warmth in the picture itself", async () => {
    const white = await measureImage(await plain(250, 250, 250));
    const orange = await measureImage(await plain(250, 120, 10));
    const night = await measureImage(await plain(10, 12, 30));
    expect(white.brightness).toBeGreaterThan(0.9);
    expect(orange.colourfulness).toBeGreaterThan(white.colourfulness + 0.5);
    expect(orange.warmth).toBeGreaterThan(night.warmth);
    expect(utilityOf(brightColours, orange)).toBeGreaterThan(utilityOf(brightColours, night));
    expect(utilityOf(darkAndCalm, night)).toBeGreaterThan(utilityOf(darkAndCalm, orange));
  });

  it("refuse bytes that are no image", async () => {
    await expect(measureImage(Buffer.from("no image"))).rejects.toThrow();
  });

  it("choose better columns more often, but not always", () => {
    const random = createRandom(3);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 2000; i++) {
      const chosen = softmaxChoice([0, 0.4, 0.8, 0], random);
      counts[chosen] = (counts[chosen] ?? 0) + 1;
    }
    expect(counts[2]).toBeGreaterThan(counts[1] ?? 0);
    expect(counts[1]).toBeGreaterThan(counts[0] ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(50);
  });

  it("answer every question of a turn, in line with their utilities", () => {
    const random = createRandom(5);
    const first = decideTurn(brightColours, columns, random);
    const second = decideTurn(
      brightColours,
      columns.map((c) => ({ columnId: `${c.columnId}b`, utility: c.utility + 3 })),
      random,
    );
    const answers = answerTurn(second, first, random);
    expect(Object.keys(answers).sort()).toEqual(
      [
        "confirmedColumnId",
        "rationale",
        "turnSatisfaction",
        "vsPrevious",
        ...columns.map((c) => `satisfaction:${c.columnId}b`),
      ].sort(),
    );
    expect(answers["satisfaction:col_2b"]).toBe("5");
    expect(countWords(answers.rationale ?? "")).toBeGreaterThanOrEqual(3);
    expect(answerTurn(first, undefined, random)).not.toHaveProperty("vsPrevious");
    expect([-9, -0.6, 0, 0.6, 9].map(satisfactionOf)).toEqual([1, 2, 3, 4, 5]);
    expect([compareWithPrevious(0, 1), compareWithPrevious(0, 0.1), compareWithPrevious(1, 0)]).toEqual([
      "better",
      "same",
      "worse",
    ]);
  });

  it("do the same again with the same seed", () => {
    const play = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () =>
        answerTurn(decideTurn(darkAndCalm, columns, random), undefined, random),
      );
    };
    expect(play(11)).toEqual(play(11));
    expect(play(11)).not.toEqual(play(12));
  });

  it("stay within the word limits of the study", () => {
    for (const type of USER_TYPES)
      for (const critique of type.critiques) expect(critiqueProblem(critique, 12)).toBeNull();
    for (const prompt of loadPrompts()) expect(initialPromptProblem(prompt, 12), prompt).toBeNull();
    expect(loadPrompts("/nowhere/demo.json").length).toBeGreaterThan(3);
  });
});
