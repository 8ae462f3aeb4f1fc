import { Keyboard } from "lucide-react";
import { useEffect, useState } from "react";
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
  const [open, setOpen] = useState(false);
  const [enabled, setEnabled] = useKeysEnabled();
  const keys = useShownKeys();
  const hydrated = useHydrated();
  useKeyPresses([{ caps: "?", effect: "", keys: ["?"], act: () => setOpen(true) }]);
  useEffect(() => {
    const show = () => setOpen(true);
    document.addEventListener(OPEN_EVENT, show);
    return () => document.removeEventListener(OPEN_EVENT, show);
  }, []);
  const shown = [
    ...keys,
    { caps: "Tab", effect: "Go to the next control" },
    { caps: "Esc", effect: "Close what is open" },
    { caps: "?", effect: "Show these keys" },
  ];
  return (
    <>
      <IconButton
        type="button"
        size="sm"
        label="Keyboard help"
        onClick={() => setOpen(true)}
        // Its room is kept until it works, so that nothing moves when it does.
        className={cx("max-lg:pointer-coarse:hidden", !hydrated && "invisible")}
      >
        <Keyboard aria-hidden="true" className="size-4" />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} title="Keys">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2">
          {shown.map(({ caps, effect }) => (
            <div key={caps} className="contents">
              <dt>
                <kbd className="rounded-md border bg-sunken px-2 py-0.5 font-mono text-sm whitespace-nowrap">
                  {caps}
                </kbd>
              </dt>
              <dd>{effect}</dd>
            </div>
          ))}
        </dl>
        <div className="mt-5 border-t pt-4">
          <Checkbox
            label="Use these keys"
            hint="Switch them off if they get in the way of your screen reader or dictation."
            checked={enabled}
            onChange={(event) => setEnabled(event.target.checked)}
          />
        </div>
      </Dialog>
    </>
  );
}
