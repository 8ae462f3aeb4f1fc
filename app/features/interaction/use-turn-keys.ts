import { useEffect, useRef } from "react";

export interface TurnKeys {
  /** 1-based number of the column. */
  onColumn: (number: number) => void;
  onConfirm: () => void;
  onCritique: () => void;
  onZoom: () => void;
  onHelp: () => void;
}

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const ACTING = "button, a[href], summary";

/**
 * Keys of the turn page: 1–9 select a column, Enter confirms, C goes to the critique, Space enlarges, ? helps.
 * Never while typing, in an open dialog, with a modifier, or where the key already means something.
 */
export function useTurnKeys(keys: TurnKeys, enabled: boolean) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(TYPING) || document.querySelector("dialog[open], [popover]:popover-open")) return;
      const act = actionOf(event, target, latest.current);
      if (!act) return;
      event.preventDefault();
      act();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}

function actionOf(event: KeyboardEvent, target: Element, keys: TurnKeys): (() => void) | null {
  const { key } = event;
  if (/^[1-9]$/.test(key)) return () => keys.onColumn(Number(key));
  if (key === "?") return keys.onHelp;
  if (key === "c" || key === "C") return keys.onCritique;
  if (target.closest(ACTING) || event.repeat) return null;
  if (key === "Enter") return keys.onConfirm;
  if (key === " ") {
    // On a radio that is not selected yet, Space selects it.
    const selects = target instanceof HTMLInputElement && !target.checked;
    return selects ? null : keys.onZoom;
  }
  return null;
}
