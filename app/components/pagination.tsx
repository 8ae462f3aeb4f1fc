import { useLocation } from "react-router";
import { ButtonLink } from "./button.tsx";

export interface PaginationProps {
  /** Rows on this page. */
  shown: number;
  total: number;
  nextCursor: string | null;
  /** What is listed, in the plural: "trajectories". */
  noun: string;
  /** Name of the search parameter. */
  parameter?: string;
}

/** Below a list that is read by cursor: first page and next page, other filters kept. */
export function Pagination({ shown, total, nextCursor, noun, parameter = "cursor" }: PaginationProps) {
  const { search } = useLocation();
  const current = new URLSearchParams(search);
  const isFirst = !current.has(parameter);
  const first = new URLSearchParams(current);
  first.delete(parameter);
  const next = new URLSearchParams(current);
  if (nextCursor !== null) next.set(parameter, nextCursor);
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex flex-wrap items-center justify-between gap-3 border-t px-5 py-3"
    >
      <p className="text-sm text-muted tabular-nums">
        {shown} of {total} {noun}
      </p>
      <div className="flex gap-2">
        {!isFirst && (
          <ButtonLink size="sm" to={{ search: first.toString() }}>
            First page
          </ButtonLink>
        )}
        {nextCursor !== null && (
          <ButtonLink size="sm" to={{ search: next.toString() }}>
            Next page
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
