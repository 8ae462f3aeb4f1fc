import { useEffect, useRef, useSyncExternalStore } from "react";
import { type KeyName, keyNameOf } from "../../../domain/key-press.ts";
import type EnglishTexts from "../../../i18n/messages/en.ts";
import { useKeysEnabled } from "./use-keys-enabled.ts";

/** What a key does: its text in the catalogue, below `turn.keys`. */
export type KeyEffect = keyof (typeof EnglishTexts)["turn"]["keys"];

/** One line of the help sheet, and what makes it true. */
export interface PageKey {
  /** As printed: "1 – 4". */
  caps: string;
  effect: KeyEffect;
  /** Which keys call `act`; none where the browser or a control does it by itself. */
  keys: readonly KeyName[];
  act?: (name: KeyName) => void;
}

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const ACTING = "button, a[href], summary";
const OPEN = "dialog[open], [popover]:popover-open";

/** What works on the screens that are open now, the topmost last. */
let open: readonly (readonly PageKey[])[] = [];
const NONE: readonly PageKey[] = [];
const listeners = new Set<() => void>();

function change(next: readonly (readonly PageKey[])[]) {
  open = next;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The keys of the topmost screen, for the help sheet. */
export function useShownKeys(): readonly PageKey[] {
  return useSyncExternalStore(
    subscribe,
    () => open.at(-1) ?? NONE,
    () => NONE,
  );
}

/** Puts keys on the help sheet while the caller is on screen. */
export function useListedKeys(keys: readonly PageKey[]) {
  const latest = useRef(keys);
  latest.current = keys;
  const text = keys.map(({ caps, effect }) => `${caps}\n${effect}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is new with each render, its text is not.
  useEffect(() => {
    const listed = latest.current;
    change([...open, listed]);
    return () => change(open.filter((other) => other !== listed));
  }, [text]);
}

/**
 * Single keys of a page, listed on the help sheet. Never while typing, in an open dialog, with a modifier, or where the
 * key already means something; and not at all where the rater switched them off.
 */
export function usePageKeys(keys: readonly PageKey[]) {
  useListedKeys(keys);
  useKeyPresses(keys);
}

/** The same without the sheet's lines. */
export function useKeyPresses(keys: readonly PageKey[]) {
  const [enabled] = useKeysEnabled();
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || document.querySelector(OPEN)) return;
      const target = event.target instanceof Element ? event.target : document.body;
      const name = keyNameOf(event);
      if (name === null || belongsTo(target, name, event.repeat)) return;
      const act = latest.current.find((key) => key.keys.includes(name))?.act;
      if (!act) return;
      event.preventDefault();
      act(name);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}

/** Whether what has the focus needs the key itself. */
function belongsTo(target: Element, name: KeyName, isRepeat: boolean): boolean {
  if (target.closest(TYPING)) return true;
  const isRadio = target instanceof HTMLInputElement;
  switch (name) {
    case "ArrowLeft":
    case "ArrowRight":
    case "ArrowUp":
    case "ArrowDown":
      return isRadio;
    case "Space":
      // On a radio that is not selected yet, Space selects it.
      return isRepeat || target.closest(ACTING) !== null || (isRadio && !target.checked);
    case "Enter":
      return isRepeat || target.closest(ACTING) !== null;
    default:
      return false;
  }
}
