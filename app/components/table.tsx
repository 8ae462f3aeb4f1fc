import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export interface TableProps {
  /** What the table holds; read out, not shown. */
  caption: string;
  /** The header cells: `<Th>`. */
  head: ReactNode;
  /** The rows. */
  children: ReactNode;
  /** Tailwind max-height class; the header then stays while the body scrolls. */
  maxHeight?: string;
}

/** A table that scrolls sideways inside its box on narrow screens, with a sticky header. */
export function Table({ caption, head, children, maxHeight }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
    <section aria-label={caption} tabIndex={0} className={cx("relative overflow-auto", maxHeight)}>
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody className="[&>tr:hover]:bg-sunken/50 [&>tr:last-child>*]:border-b-0">{children}</tbody>
      </table>
    </section>
  );
}

interface CellProps {
  /** Right-aligned figures of equal width. */
  numeric?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A header cell. */
export function Th({ numeric, className, children }: CellProps) {
  return (
    <th
      scope="col"
      className={cx(
        "sticky top-0 z-10 border-b bg-surface px-3 py-2 text-xs font-semibold whitespace-nowrap text-muted first:pl-5 last:pr-5",
        numeric ? "text-right" : "text-left",
        className,
      )}
    >
      {children}
    </th>
  );
}

/** A cell; `rowHeader` marks the one that names its row. */
export function Td({ numeric, rowHeader, className, children }: CellProps & { rowHeader?: boolean }) {
  const classes = cx(
    "border-b px-3 py-2 align-top first:pl-5 last:pr-5",
    numeric ? "text-right tabular-nums whitespace-nowrap" : "text-left",
    className,
  );
  return rowHeader ? (
    <th scope="row" className={cx(classes, "font-medium")}>
      {children}
    </th>
  ) : (
    <td className={classes}>{children}</td>
  );
}
