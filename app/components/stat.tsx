import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export interface StatProps {
  label: string;
  value: ReactNode;
  /** Small print below: "of 100", "3 in the last hour". */
  note?: ReactNode;
  tone?: "neutral" | "warning" | "danger";
}

const TONES = { neutral: "text-text", warning: "text-warning-ink", danger: "text-danger-ink" };

/** One figure with its label. Put several into `<StatRow>`. */
export function Stat({ label, value, note, tone = "neutral" }: StatProps) {
  return (
    <div className="min-w-0 rounded-lg border bg-surface px-4 py-3 shadow-card">
      <dt className="truncate text-sm text-muted">{label}</dt>
      <dd className={cx("text-2xl font-semibold tracking-tight tabular-nums", TONES[tone])}>
        {value}
        {note && <span className="ml-1.5 text-sm font-normal tracking-normal text-muted">{note}</span>}
      </dd>
    </div>
  );
}

/** Figures side by side. */
export function StatRow({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-3">{children}</dl>;
}
