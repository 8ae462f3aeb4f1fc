import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directionOf, isLocale, LOCALES, localeOf, pageLocale } from "../../../app/i18n/locales.ts";

describe("the language of a page", () => {
  it.each([
    [null, null, "en"],
    [null, "es", "es"],
    [null, "es-MX,es;q=0.9,en;q=0.8", "es"],
    [null, "de-DE,de;q=0.9,en;q=0.5,es;q=0.7", "es"],
    [null, "es;q=0,en", "en"],
    [null, "fr", "en"],
    ["theme=dark; language=es", "en", "es"],
    ["language=en", "es", "en"],
    ["language=tlh", "es", "es"],
  ])("with the cookie %j and the browser's %j is %s", (cookie, accept, expected) => {
    expect(localeOf(cookie, accept, LOCALES)).toBe(expected);
  });

  it("is one of ours for every header", () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.option(fc.string()), (cookie, accept) =>
        isLocale(localeOf(cookie, accept)),
      ),
    );
  });

  it("is English in the console and on data pages, and the reader's elsewhere", () => {
    expect(pageLocale("/console/studies/x", "es")).toBe("en");
    expect(pageLocale("/data", "es")).toBe("en");
    expect(pageLocale("/rate/a/turns/1", "es")).toBe("es");
    expect(pageLocale("/database", "es")).toBe("es");
  });

  it("runs from right to left where its script does", () => {
    expect([directionOf("en"), directionOf("es"), directionOf("ar"), directionOf("he-IL")]).toEqual([
      "ltr",
      "ltr",
      "rtl",
      "rtl",
    ]);
  });
});
