import type { RefObject } from "react";
import { useNavigate } from "react-router";
import { usePageKeyDown } from "../../components/use-page-key-down.ts";

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
  usePageKeyDown(({ key }) => {
    const page = key === "n" ? nextPage : key === "p" ? previousPage : null;
    if (page !== null) {
      void navigate({ search: page }, { preventScrollReset: true });
      return true;
    }
    const links = [...(box.current?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const step = stepOf(key, at >= 0);
    const next = links[Math.min(links.length - 1, Math.max(0, at + step))];
    if (step === 0 || !next) return false;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  });
}

/** Arrows scroll the page until a row has the focus. */
function stepOf(key: string, onRow: boolean): number {
  if (key === "j" || (onRow && key === "ArrowDown")) return 1;
  if (key === "k" || (onRow && key === "ArrowUp")) return -1;
  return 0;
}
