import { registerCatalogue } from "./catalogues.ts";
import type { Locale } from "./locales.ts";
import type { Messages } from "./messages.ts";

const LOADERS: Record<Locale, () => Promise<{ default: Messages }>> = {
  en: () => import("./messages/en.ts"),
  es: () => import("./messages/es.ts"),
};

/** In the browser: fetches and registers the texts of the page's language, before the page comes to life. */
export async function loadCatalogue(locale: Locale): Promise<void> {
  const { default: messages } = await LOADERS[locale]();
  registerCatalogue(locale, messages);
}
