import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export interface Definition {
  term: string;
  value: ReactNode;
}

/** Terms and their values; `columns` side by side on wide screens. */
export function DefinitionList({
  items,
  columns = 1,
}: {
  items: readonly Definition[];
  columns?: 1 | 2 | 3;
}) {
  return (
    <dl
      className={cx(
        "grid gap-x-8 gap-y-3 text-sm",
        columns === 2 && "grid-cols-2",
        columns === 3 && "sm:grid-cols-2 lg:grid-cols-3",
      )}
    >
      {items.map((item) => (
        <div key={item.term} className="min-w-0">
          <dt className="text-muted">{item.term}</dt>
          <dd className="break-words tabular-nums">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
