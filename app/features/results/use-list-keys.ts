import { type RefObject, useEffect } from "react";
import { useNavigate } from "react-router";
import { isPageKey } from "../../components/typing.ts";

export interface ListKeys {
  /** Where n and p lead; null = nowhere. */
  nextPage: string | null;
  previousPage: string | null;
}

/**
 * Keys of a list whose rows are links: j and k (or ↓ and ↑ once a row has the focus) go through the rows, Enter opens,
 * n and p turn the page. `box` holds the links, each marked `data-row`.
 */
export function useListKeys(box: RefObject<HTMLElement | null>, { nextPage, previousPage }: ListKeys): void {
  const navigate = useNavigate();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!isPageKey(event) || event.shiftKey) return;
      const page = event.key === "n" ? nextPage : event.key === "p" ? previousPage : null;
      if (page !== null) {
        event.preventDefault();
        void navigate({ search: page }, { preventScrollReset: true });
        return;
      }
      const links = [...(box.current?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])];
      const at = links.indexOf(document.activeElement as HTMLElement);
      const step = stepOf(event.key, at >= 0);
      const next = links[Math.min(links.length - 1, Math.max(0, at + step))];
      if (step === 0 || !next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [box, nextPage, previousPage, navigate]);
}

/** Arrows scroll the page until a row has the focus. */
function stepOf(key: string, onRow: boolean): number {
  if (key === "j" || (onRow && key === "ArrowDown")) return 1;
  if (key === "k" || (onRow && key === "ArrowUp")) return -1;
  return 0;
}
