import { useSyncExternalStore } from "react";

const STORAGE_KEY = "turnwise.keys";
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function read(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    return true;
  }
}

/** Whether single keys do something; remembered in this browser. */
export function useKeysEnabled(): [boolean, (enabled: boolean) => void] {
  const enabled = useSyncExternalStore(subscribe, read, () => true);
  function set(next: boolean) {
    try {
      localStorage.setItem(STORAGE_KEY, next ? "on" : "off");
    } catch {
      // Storage is blocked: the setting lasts as long as it can, which is not at all.
    }
    for (const listener of listeners) listener();
  }
  return [enabled, set];
}
