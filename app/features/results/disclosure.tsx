import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** A card that unfolds: native, so it works without scripts and with the keyboard. */
export function Disclosure({
  title,
  note,
  open,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group rounded-lg border bg-surface shadow-card">
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-5 py-3 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 text-muted transition-transform group-open:rotate-90"
        />
        <h2 className="text-base font-semibold">{title}</h2>
        {note && <span className="text-sm text-muted tabular-nums">{note}</span>}
      </summary>
      <div className="border-t">{children}</div>
    </details>
  );
}
