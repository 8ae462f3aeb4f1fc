import { Monitor, Moon, Sun } from "lucide-react";
import { useFetcher, useLocation } from "react-router";
import { useTranslations } from "use-intl";
import { cx } from "./cx.ts";
import { THEMES, type Theme } from "./theme.ts";

const LOOKS = {
  light: { label: "light", icon: Sun },
  dark: { label: "dark", icon: Moon },
  system: { label: "asTheDevice", icon: Monitor },
} as const;

/** Light, dark or as the device: a plain form to /theme, so it works without scripts. */
export function ThemeToggle({ theme }: { theme: Theme }) {
  const t = useTranslations("ui");
  const fetcher = useFetcher();
  const { pathname, search } = useLocation();
  const wanted = fetcher.formData?.get("theme") ?? theme;
  return (
    <fetcher.Form method="post" action="/theme">
      <input type="hidden" name="next" value={pathname + search} />
      <fieldset>
        <legend className="mb-1 text-xs font-medium text-muted">{t("colours")}</legend>
        <div className="flex gap-1 rounded-md bg-sunken p-1">
          {THEMES.map((value) => {
            const { label: key, icon: Icon } = LOOKS[value];
            const label = t(key);
            return (
              <button
                key={value}
                type="submit"
                name="theme"
                value={value}
                aria-pressed={wanted === value}
                aria-label={label}
                title={label}
                className={cx(
                  "flex h-7 flex-1 items-center justify-center rounded-sm",
                  wanted === value ? "bg-surface text-text shadow-card" : "text-muted hover:text-text",
                )}
              >
                <Icon aria-hidden="true" className="size-4" />
              </button>
            );
          })}
        </div>
      </fieldset>
    </fetcher.Form>
  );
}
