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
  /** On narrow screens each row is a card of its cells, which then need a `label` each. */
  stacked?: boolean;
}

/** A table that scrolls sideways inside its box, or stacks its rows, on narrow screens; with a sticky header. */
export function Table({ caption, head, children, maxHeight, stacked }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
    <section aria-label={caption} tabIndex={0} className={cx("relative overflow-auto", maxHeight)}>
      <table
        className={cx(
          "w-full border-separate border-spacing-0 text-sm",
          stacked &&
            "max-sm:block max-sm:[&_caption]:block max-sm:[&_thead]:sr-only max-sm:[&_tbody]:block max-sm:[&_tbody>tr]:block max-sm:[&_tbody>tr]:border-b max-sm:[&_tbody>tr]:px-5 max-sm:[&_tbody>tr]:py-3 max-sm:[&_tbody>tr>*]:flex max-sm:[&_tbody>tr>*]:justify-between max-sm:[&_tbody>tr>*]:gap-4 max-sm:[&_tbody>tr>*]:border-0 max-sm:[&_tbody>tr>*]:px-0! max-sm:[&_tbody>tr>*]:py-1 max-sm:[&_tbody>tr>*]:text-left",
        )}
      >
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

interface BodyCellProps extends CellProps {
  /** Names the row. */
  rowHeader?: boolean;
  /** The heading of the column, beside the value where rows are stacked. */
  label?: string;
}

/** A header cell. */
export function Th({ numeric, className, children, sorted }: CellProps & { sorted?: "up" | "down" }) {
  return (
    <th
      scope="col"
      aria-sort={sorted && (sorted === "up" ? "ascending" : "descending")}
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
export function Td({ numeric, rowHeader, label, className, children }: BodyCellProps) {
  const classes = cx(
    "border-b px-3 py-2 align-top first:pl-5 last:pr-5",
    numeric ? "text-right tabular-nums whitespace-nowrap" : "text-left",
    className,
  );
  const content = label ? (
    <>
      <span aria-hidden="true" className="shrink-0 font-normal text-muted sm:hidden">
        {label}
      </span>
      <span className="min-w-0 sm:contents">{children}</span>
    </>
  ) : (
    children
  );
  return rowHeader ? (
    <th scope="row" className={cx(classes, "font-medium")}>
      {content}
    </th>
  ) : (
    <td className={classes}>{content}</td>
  );
}
