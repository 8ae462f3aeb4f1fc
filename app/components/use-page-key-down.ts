import { useEffect, useRef } from "react";

const KEEPS_KEYS = "input, select, textarea, [contenteditable], dialog, [popover]";

/**
 * Keys that belong to the page: pressed without Ctrl, Alt, Meta or Shift, and not while somebody types or chooses in a
 * control or a dialog. `onKey` says whether the key meant something; the browser then does nothing of its own with it.
 */
export function usePageKeyDown(onKey: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (isPageKey(event) && latest.current(event)) event.preventDefault();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isPageKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return false;
  return !(event.target instanceof Element && event.target.closest(KEEPS_KEYS));
}
