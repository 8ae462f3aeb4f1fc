import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import { catalogueOf } from "./catalogues.ts";
import type { Locale } from "./locales.ts";
import type { EnglishMessages } from "./messages.ts";

/** Gives the texts of `locale` to everything below it: `useTranslations("home")` reads them. */
export function TextsProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const catalogue = catalogueOf(locale);
  // The types of texts are those of the English wording, from which the arguments of each text are read.
  const messages = catalogue.messages as EnglishMessages;
  return (
    <IntlProvider locale={catalogue.locale} messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
