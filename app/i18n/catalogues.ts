import type { Locale } from "./locales.ts";
import type { Messages } from "./messages.ts";

const catalogues = new Map<Locale, Messages>();

/** Makes a language's texts known: the server registers all of them, a browser English and the one that its page speaks. */
export function registerCatalogue(locale: Locale, messages: Messages): void {
  catalogues.set(locale, messages);
}

/** The texts of `locale`, or of the language that is known where it is not. Throws when none is registered. */
export function catalogueOf(locale: Locale): { locale: Locale; messages: Messages } {
  const messages = catalogues.get(locale);
  if (messages) return { locale, messages };
  const other = catalogues.entries().next().value;
  if (!other) throw new Error("no catalogue of texts is registered");
  return { locale: other[0], messages: other[1] };
}
