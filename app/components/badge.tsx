import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { sentence } from "./format.ts";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent-ink",
  success: "bg-success-soft text-success-ink",
  warning: "bg-warning-soft text-warning-ink",
  danger: "bg-danger-soft text-danger-ink",
};

const BASE =
  "inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap tabular-nums";

/** A short label with a tone. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx(BASE, TONES[tone])}>{children}</span>;
}

/** Tone of every status word of the vocabulary; unknown words are neutral. */
const STATUS_TONES: Record<string, Tone> = {
  draft: "neutral",
  open: "success",
  paused: "warning",
  closed: "neutral",
  offered: "neutral",
  active: "accent",
  submitted: "success",
  approved: "success",
  rejected: "danger",
  returned: "neutral",
  expired: "warning",
  withdrawn: "neutral",
  blocked: "danger",
  accepted: "success",
  revoked: "neutral",
  answered: "accent",
  pending: "neutral",
  proposing: "accent",
  rendering: "accent",
  running: "accent",
  ready: "success",
  chosen: "success",
  done: "success",
  failed: "danger",
};

/** A status word with a dot in its tone: `<StatusBadge status="active" />`. */
export function StatusBadge({ status, label, tone }: { status: string; label?: ReactNode; tone?: Tone }) {
  const used = tone ?? STATUS_TONES[status] ?? "neutral";
  return (
    <span className={cx(BASE, TONES[used])}>
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {label ?? sentence(status)}
    </span>
  );
}
