import { useLocation } from "react-router";
import { ButtonLink } from "./button.tsx";
import { formatNumber } from "./format.ts";

export interface PaginationProps {
  /** Rows on this page. */
  shown: number;
  total: number;
  nextCursor: string | null;
  /** Where lists can be read backwards: null on the first page. */
  previousCursor?: string | null;
  /** What is listed, in the plural: "trajectories". */
  noun: string;
  /** Name of the search parameter. */
  parameter?: string;
}

/** Below a list that is read by cursor: first, previous and next page, other filters kept. */
export function Pagination({
  shown,
  total,
  nextCursor,
  previousCursor = null,
  noun,
  parameter = "cursor",
}: PaginationProps) {
  const { search } = useLocation();
  const current = new URLSearchParams(search);
  const isFirst = !current.has(parameter);
  const first = new URLSearchParams(current);
  first.delete(parameter);
  const to = (cursor: string) => {
    const page = new URLSearchParams(current);
    page.set(parameter, cursor);
    return { search: page.toString() };
  };
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex flex-wrap items-center justify-between gap-3 border-t px-5 py-3"
    >
      <p className="text-sm text-muted tabular-nums">
        {formatNumber(shown)} of {formatNumber(total)} {noun}
      </p>
      <div className="flex gap-2">
        {!isFirst && (
          <ButtonLink size="sm" to={{ search: first.toString() }}>
            First page
          </ButtonLink>
        )}
        {previousCursor !== null && (
          <ButtonLink size="sm" to={to(previousCursor)} rel="prev">
            Previous page
          </ButtonLink>
        )}
        {nextCursor !== null && (
          <ButtonLink size="sm" to={to(nextCursor)} rel="next">
            Next page
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
