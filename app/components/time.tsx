import { formatAgo, formatDate, formatDateTime } from "./format.ts";

export interface TimeProps {
  atMs: number;
  /** "date" leaves the clock out. */
  show?: "datetime" | "date";
  /** Shows "5 min ago" counted from this moment (the server's clock); the full time is the title. */
  agoFromMs?: number;
}

/** A moment in UTC, the same text on the server and in the browser. */
export function Time({ atMs, show = "datetime", agoFromMs }: TimeProps) {
  const full = formatDateTime(atMs);
  const text =
    agoFromMs !== undefined ? formatAgo(atMs, agoFromMs) : show === "date" ? formatDate(atMs) : full;
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={text === full ? undefined : full}
      className="whitespace-nowrap"
    >
      {text}
    </time>
  );
}
