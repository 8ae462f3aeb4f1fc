import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { HydratedRouter } from "react-router/dom";
import { loadCatalogue } from "./i18n/load-catalogue.ts";
import { DEFAULT_LOCALE, isLocale } from "./i18n/locales.ts";

const { lang } = document.documentElement;
// Only another language than English is waited for: every page of the console is in English, too.
if (isLocale(lang) && lang !== DEFAULT_LOCALE) await loadCatalogue(lang);

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  );
});
