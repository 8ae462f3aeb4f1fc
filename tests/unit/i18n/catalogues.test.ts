import compile from "icu-minify/compile";
import { createTranslator } from "use-intl";
import { describe, expect, it } from "vitest";
import { LOCALES } from "../../../app/i18n/locales.ts";
import en from "../../../app/i18n/messages/en.ts";
import es from "../../../app/i18n/messages/es.ts";

type Catalogue = { readonly [key: string]: string | Catalogue };
const CATALOGUES: Record<string, Catalogue> = { en, es };

/** Every text by its dotted key. */
function texts(catalogue: Catalogue, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[`${prefix}${key}`, value] as const]
        : [...texts(value, `${prefix}${key}.`)],
    ),
  );
}

/** The arguments and tags that a text uses, each once. */
function slots(message: string): string[] {
  const names = [...message.matchAll(/\{(\w+)(?=[,}])/g)].map((m) => m[1] ?? "");
  const tags = [...message.matchAll(/<(\w+)>/g)].map((m) => `<${m[1]}>`);
  return [...new Set([...names, ...tags])].sort();
}

describe.each(LOCALES.map((locale) => ({ locale })))("the texts in $locale", ({ locale }) => {
  const own = texts(CATALOGUES[locale] ?? {});
  const english = texts(en);

  it("have the keys of the English ones, none empty, with the same arguments and tags", () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of own) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe("");
      expect({ key, slots: slots(text) }).toEqual({ key, slots: slots(english.get(key) ?? "") });
    }
  });

  it("compile for the browser, and cover the plural forms of whole numbers of their language", () => {
    const needed = new Set(
      Array.from({ length: 201 }, (_, n) => new Intl.PluralRules(locale).select(n)).concat("other"),
    );
    for (const [key, text] of own) {
      expect(() => compile(text), key).not.toThrow();
      for (const [, forms] of text.matchAll(/, plural, ((?:[=\w]+ \{[^{}]*\} ?)+)/g)) {
        for (const form of needed)
          expect({ key, has: forms?.includes(`${form} {`) }).toEqual({ key, has: true });
      }
    }
  });
});

it("counts words in the forms of each language", () => {
  const english = createTranslator({ locale: "en", messages: en, namespace: "ui.words" });
  const spanish = createTranslator({
    locale: "es",
    messages: es as unknown as typeof en,
    namespace: "ui.words",
  });
  expect(english("ofMost", { count: 1, max: 12 })).toBe("1 of 12 words");
  expect(english("count", { count: 1 })).toBe("1 word");
  expect(spanish("ofMost", { count: 1, max: 12 })).toBe("1 de 12 palabras");
  expect(spanish("count", { count: 1 })).toBe("1 palabra");
});
