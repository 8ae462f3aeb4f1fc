const KEEPS_KEYS = "input, select, textarea, [contenteditable], dialog, [popover]";

/**
 * Whether a key belongs to the page: pressed without Ctrl, Alt or Meta, and not while somebody types or chooses in a
 * control or a dialog.
 */
export function isPageKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return false;
  return !(event.target instanceof Element && event.target.closest(KEEPS_KEYS));
}
