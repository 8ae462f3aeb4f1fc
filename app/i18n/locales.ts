/** The languages of the rater's pages. Console and data pages are in English. */
export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "en";

/** The languages that readers may choose: those in which every page of a rater is whole. */
export const OFFERED_LOCALES: readonly Locale[] = ["en"];

/** Each language's name in itself. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", es: "Español" };

/** Scripts that run from right to left, for the `dir` of the page when such a language is added. */
const RIGHT_TO_LEFT = ["ar", "dv", "fa", "he", "ku", "ps", "ur", "yi"];

export function isLocale(value: unknown): value is Locale {
  return (LOCALES as readonly unknown[]).includes(value);
}

export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.includes(locale.split("-")[0] ?? "") ? "rtl" : "ltr";
}

/**
 * The language to speak: the one that was chosen (cookie `language`), else the first of the browser's that we have
 * (Accept-Language with its weights), else English.
 */
export function localeOf(
  cookieHeader: string | null,
  acceptLanguage: string | null,
  offered: readonly Locale[] = OFFERED_LOCALES,
): Locale {
  const chosen = /(?:^|;\s*)language=([a-z]+)/.exec(cookieHeader ?? "")?.[1];
  const known = [chosen, ...acceptedLanguages(acceptLanguage ?? "")].filter(isLocale);
  return known.find((locale) => offered.includes(locale)) ?? DEFAULT_LOCALE;
}

/** Primary language tags of an Accept-Language header, best first; those with weight 0 are refused ones. */
function acceptedLanguages(header: string): string[] {
  return header
    .slice(0, 1000)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const weight = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: tag.split("-")[0] ?? "", weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}

/** The console and the data pages are in English for everybody; all others speak the reader's language. */
export function pageLocale(pathname: string, preferred: Locale): Locale {
  return /^\/(console|data|api)(\/|$)/.test(pathname) ? DEFAULT_LOCALE : preferred;
}
