import { Keyboard } from "lucide-react";
import { IconButton } from "../../components/button.tsx";
import { Checkbox } from "../../components/choices.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";

const KEYS = [
  ["1 – 4", "Select the column with that number"],
  ["Enter", "Confirm the selected column"],
  ["Space", "Enlarge the selected column’s first image; then arrow keys"],
  ["C", "Write a remark"],
  ["?", "Show these keys"],
  ["Esc", "Close what is open"],
] as const;

export interface KeyHelpProps {
  open: boolean;
  onOpen: () => void;
  onClose: () => void;
  enabled: boolean;
  onEnabled: (enabled: boolean) => void;
}

/** The keys of the turn page, with the switch that turns them off. */
export function KeyHelp({ open, onOpen, onClose, enabled, onEnabled }: KeyHelpProps) {
  if (!useHydrated()) return null;
  return (
    <>
      <IconButton
        type="button"
        size="sm"
        label="Keyboard help"
        onClick={onOpen}
        className="max-lg:pointer-coarse:hidden"
      >
        <Keyboard aria-hidden="true" className="size-4" />
      </IconButton>
      <Dialog open={open} onClose={onClose} title="Keys">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2">
          {KEYS.map(([key, effect]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="rounded-md border bg-sunken px-2 py-0.5 font-mono text-sm">{key}</kbd>
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
            onChange={(event) => onEnabled(event.target.checked)}
          />
        </div>
      </Dialog>
    </>
  );
}
