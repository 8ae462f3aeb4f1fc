import { useLocale } from "use-intl";
import { formatAgo, formatDate, formatDateTime, languageTag } from "./format.ts";

export interface TimeProps {
  atMs: number;
  /** "date" leaves the clock out. */
  show?: "datetime" | "date";
  /** Shows "5 min ago" counted from this moment (the server's clock); the full time is the title. */
  agoFromMs?: number;
}

/** A moment in UTC, the same text on the server and in the browser. */
export function Time({ atMs, show = "datetime", agoFromMs }: TimeProps) {
  const tag = languageTag(useLocale());
  const full = formatDateTime(atMs, tag);
  const text =
    agoFromMs !== undefined ? formatAgo(atMs, agoFromMs) : show === "date" ? formatDate(atMs, tag) : full;
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
