import { useLocation } from "react-router";
import { useLocale, useTranslations } from "use-intl";
import { LOCALE_NAMES, OFFERED_LOCALES } from "../i18n/locales.ts";
import { cx } from "./cx.ts";

/**
 * The languages of the page: a plain form to /language, which brings a new document with the texts of the other one.
 * Nothing where there is no choice.
 */
export function LanguageChoice() {
  const t = useTranslations("ui");
  const current = useLocale();
  const { pathname, search } = useLocation();
  if (OFFERED_LOCALES.length < 2) return null;
  return (
    <form method="post" action="/language">
      <input type="hidden" name="next" value={pathname + search} />
      <fieldset>
        <legend className="mb-1 text-xs font-medium text-muted">{t("language")}</legend>
        <div className="flex gap-1 rounded-md bg-sunken p-1">
          {OFFERED_LOCALES.map((locale) => (
            <button
              key={locale}
              type="submit"
              name="language"
              value={locale}
              lang={locale}
              aria-pressed={locale === current}
              className={cx(
                "min-h-7 flex-1 rounded-sm px-2 text-sm",
                locale === current ? "bg-surface text-text shadow-card" : "text-muted hover:text-text",
              )}
            >
              {LOCALE_NAMES[locale]}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
