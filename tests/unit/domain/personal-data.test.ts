import { describe, expect, it } from "vitest";
import { findPersonalData, redactPersonalData } from "../../../app/domain/personal-data.ts";

const found = (text: string, names: string[] = []) =>
  findPersonalData(text, names).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe("personal data in a text", () => {
  it.each([
    ["write to jane.doe+x@example.co.uk please", [["email", "jane.doe+x@example.co.uk"]]],
    ["josé@müller.de", [["email", "josé@müller.de"]]],
    ["see https://example.org/a?b=c for more", [["url", "https://example.org/a?b=c"]]],
    ["my site is janedoe.com", [["url", "janedoe.com"]]],
    ["call +44 (0)20 7946 0958 now", [["phone", "+44 (0)20 7946 0958"]]],
    ["555-123-4567", [["phone", "555-123-4567"]]],
    ["follow @jane_doe", [["handle", "@jane_doe"]]],
  ])("is found in %j", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    "",
    "a white cat on a red sofa",
    "5 cats, 3 dogs and 12 birds at 4k, 1920x1080",
    "more colour. less blue",
    "in the style of 1970s photos",
    "column 2 is best (2A), then 3B",
    "12:30 and 2026-03-04",
    "e.g. brighter, i.e. more light",
  ])("is not seen where there is none: %j", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("includes the names given, whole words in any case, but not short ones", () => {
    expect(
      found("It looks like JANE's house, not janet's; ask O'Neill (jr.)", ["Jane O'Neill", "Al"]),
    ).toEqual([
      ["name", "JANE"],
      ["name", "O'Neill"],
    ]);
    expect(found("al dente", ["Al"])).toEqual([]);
    expect(found("what a+b+c! means", ["a+b+c!"])).toEqual([["name", "a+b+c!"]]);
  });

  it("is replaced and the rest of the text stays", () => {
    const text = "Jane, mail jane@example.org or call 555 123 4567!";
    expect(redactPersonalData(text, findPersonalData(text, ["Jane"]))).toBe(
      "[redacted], mail [redacted] or call [redacted]!",
    );
  });
});
