import { describe, expect, it } from "vitest";
import { removedPhrases } from "../../../exporters/privacy/removed-phrases.ts";

describe("what an edited copy no longer says", () => {
  it.each([
    ["the same text", "a cat on a mat", "a cat on a mat", []],
    ["one phrase", "my friend Zoë Miller on a mat", "my friend on a mat", ["Zoë Miller"]],
    [
      "phrases in several places",
      "Jane painted in Camden by Joan",
      "painted in by",
      ["Jane", "Camden", "Joan"],
    ],
    [
      "a phrase with its own spaces and line breaks",
      "see 12\n  Mill Road now",
      "see now",
      ["12\n  Mill Road"],
    ],
    ["a word that is said elsewhere", "cats love cats", "love cats", []],
    ["short words", "it is big", "it big", []],
    ["all of it", "secret words", "", ["secret words"]],
    ["nothing of nothing", "", "anything", []],
  ])("%s", (_, original, edited, expected) => {
    expect(removedPhrases(original, edited)).toEqual(expected);
  });

  it("is all of a very long text that was changed", () => {
    const long = "word ".repeat(600);
    expect(removedPhrases(long, `${long}more`)).toEqual([long]);
  });
});
