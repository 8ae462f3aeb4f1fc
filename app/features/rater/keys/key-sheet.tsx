import { Keyboard } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "../../../components/button.tsx";
import { Checkbox } from "../../../components/choices.tsx";
import { cx } from "../../../components/cx.ts";
import { Dialog } from "../../../components/dialog.tsx";
import { useHydrated } from "../../../components/use-hydrated.ts";
import { useKeyPresses, useShownKeys } from "./page-keys.ts";
import { useKeysEnabled } from "./use-keys-enabled.ts";

const OPEN_EVENT = "turnwise:keys";

/** Opens the sheet from a screen that handles its keys itself. */
export function openKeySheet() {
  document.dispatchEvent(new Event(OPEN_EVENT));
}

/** The keys that work on this screen, with the switch that turns them off. By its button, and by "?". */
export function KeySheet() {
  const t = useTranslations("turn.keys");
  const [open, setOpen] = useState(false);
  const [enabled, setEnabled] = useKeysEnabled();
  const keys = useShownKeys();
  const hydrated = useHydrated();
  useKeyPresses([{ caps: "?", effect: "sheet", keys: ["?"], act: () => setOpen(true) }]);
  useEffect(() => {
    const show = () => setOpen(true);
    document.addEventListener(OPEN_EVENT, show);
    return () => document.removeEventListener(OPEN_EVENT, show);
  }, []);
  const shown = [
    ...keys,
    { caps: "Tab", effect: "tab" as const },
    { caps: "Esc", effect: "escape" as const },
    { caps: "?", effect: "sheet" as const },
  ];
  return (
    <>
      <IconButton
        type="button"
        size="sm"
        label={t("help")}
        onClick={() => setOpen(true)}
        // Its room is kept until it works, so that nothing moves when it does.
        className={cx("max-lg:pointer-coarse:hidden", !hydrated && "invisible")}
      >
        <Keyboard aria-hidden="true" className="size-4" />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("title")}>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2">
          {shown.map(({ caps, effect }) => (
            <div key={caps} className="contents">
              <dt>
                <kbd className="rounded-md border bg-sunken px-2 py-0.5 font-mono text-sm whitespace-nowrap">
                  {caps === "Space" ? t("Space") : caps}
                </kbd>
              </dt>
              <dd>{t(effect)}</dd>
            </div>
          ))}
        </dl>
        <div className="mt-5 border-t pt-4">
          <Checkbox
            label={t("use")}
            hint={t("useHint")}
            checked={enabled}
            onChange={(event) => setEnabled(event.target.checked)}
          />
        </div>
      </Dialog>
    </>
  );
}
