import { registerCatalogue } from "./catalogues.ts";
import type { Locale } from "./locales.ts";
import en from "./messages/en.ts";
import type { Messages } from "./messages.ts";

const OTHERS: Partial<Record<Locale, () => Promise<{ default: Messages }>>> = {
  es: () => import("./messages/es.ts"),
};

registerCatalogue("en", en);

/** In the browser: fetches the texts of the page's language, where it is not English, before the page comes to life. */
export async function loadCatalogue(locale: Locale): Promise<void> {
  const found = await OTHERS[locale]?.();
  if (found) registerCatalogue(locale, found.default);
}
