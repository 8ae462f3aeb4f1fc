import type { Locale } from "./locales.ts";
import type en from "./messages/en.ts";

/** All texts in English, with the ICU arguments of each in its type: what `useTranslations` is checked against. */
export type EnglishMessages = typeof en;

/** A language's texts: the keys of the English ones, any wording. */
type Wording<T> = { readonly [K in keyof T]: T[K] extends string ? string : Wording<T[K]> };
export type Messages = Wording<EnglishMessages>;

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: EnglishMessages;
  }
}
