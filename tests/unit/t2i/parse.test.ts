import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePrompt } from "../../../app/t2i/sketch/index.ts";

const subjects = (prompt: string) => parsePrompt(prompt).subjects.map((s) => s.art);

describe("parsing a prompt", () => {
  it("gives each colour word to the noun it precedes", () => {
    const scene = parsePrompt("a white cat sleeping on a red sofa");
    expect(scene.subjects.map((s) => [s.art, s.colours, s.pose])).toEqual([
      ["cat", ["#f6f4ef"], "sleep"],
      ["sofa", ["#cf2f33"], null],
    ]);
    expect(scene.subjects[1]?.relation).toEqual({ kind: "on", target: 0 });
  });

  it("reads place, weather and time of a sea picture", () => {
    const scene = parsePrompt("a lighthouse in a storm at night");
    expect(scene).toMatchObject({ time: "night", weather: ["storm"] });
    expect(subjects("a lighthouse in a storm at night")).toEqual(["lighthouse"]);
  });

  it("sees one Egyptian temple in a temple with hieroglyphs", () => {
    expect(subjects("an ancient Egyptian temple with hieroglyphs")).toEqual(["egyptTemple"]);
  });

  it.each([
    ["two cats", 2],
    ["three penguins on ice", 3],
    ["5 boats", 5],
    ["a cat", 1],
    ["cats", 3],
  ])("counts %s as %d", (prompt, count) => {
    expect(parsePrompt(prompt).subjects[0]?.count).toBe(count);
  });

  it("understands American and British spelling alike", () => {
    expect(parsePrompt("a gray cat, more color, watercolor")).toEqual(
      parsePrompt("a grey cat, more colour, watercolour"),
    );
  });

  it("puts an instrument next to its player and a book next to its reader", () => {
    expect(subjects("a jazz trumpet player in a smoky club")).toEqual(["icon:trumpet", "musician"]);
    expect(subjects("a dragon reading a book in a library")).toEqual(["dragon", "book"]);
    expect(parsePrompt("a dragon reading a book in a library")).toMatchObject({ setting: "library" });
  });

  it.each([
    ["more colorful", "tints", "vivid"],
    ["highly saturated", "tints", "vivid"],
    ["less saturated", "tints", "muted"],
    ["black and white", "tints", "mono"],
    ["watercolour style", "styles", "watercolour"],
    ["oil painting", "styles", "oil"],
    ["photo-realistic", "styles", "photo"],
    ["bird's eye view", "framing", "aerial"],
    ["close-up view", "framing", "close"],
    ["northern lights", "lights", "aurora"],
  ] as const)("reads %s as %s %s", (phrase, axis, value) => {
    expect(parsePrompt(`a fox, ${phrase}`)[axis]).toContain(value);
  });

  it("leaves out what the prompt rules out", () => {
    expect(subjects("a garden without people")).toEqual([]);
    expect(parsePrompt("a beach with no clouds").weather).toEqual([]);
  });

  it("keeps unknown words aside", () => {
    expect(parsePrompt("xyzzy blorp")).toMatchObject({ subjects: [], unknown: ["xyzzy", "blorp"] });
  });

  it("parses any text without throwing, always to the same scene", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(parsePrompt(text)).toEqual(parsePrompt(text));
      }),
      { numRuns: 120 },
    );
  }, 30_000);

  it("parses property names of objects like any other word", () => {
    expect(parsePrompt("constructor __proto__ toString hasOwnProperty").subjects).toEqual([]);
  });
});

describe("relations between things", () => {
  it("put the reader, not the book, on the sofa", () => {
    const scene = parsePrompt("an old man reading a book on a sofa");
    expect(scene.subjects.map((s) => [s.art, s.relation])).toEqual([
      ["oldMan", null],
      ["book", { kind: "with", target: 0 }],
      ["sofa", { kind: "on", target: 0 }],
    ]);
  });

  it("keep the lake when mountains are named after it", () => {
    expect(parsePrompt("a lake in the mountains").setting).toBe("lake");
    expect(parsePrompt("a bicycle on a street in Paris").setting).toBe("street");
  });
});
