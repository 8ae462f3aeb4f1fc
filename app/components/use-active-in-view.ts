import { type RefObject, useEffect } from "react";
import { useLocation } from "react-router";

/** Scrolls a row of links sideways, and nothing else, until the one of this page is in sight. */
export function useActiveInView(row: RefObject<HTMLElement | null>) {
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another active link.
  useEffect(() => {
    const active = row.current?.querySelector("[aria-current=page]");
    if (!row.current || !active) return;
    const outer = row.current.getBoundingClientRect();
    const inner = active.getBoundingClientRect();
    if (inner.left < outer.left) row.current.scrollLeft -= outer.left - inner.left;
    else if (inner.right > outer.right) row.current.scrollLeft += inner.right - outer.right;
  }, [row, pathname]);
}
