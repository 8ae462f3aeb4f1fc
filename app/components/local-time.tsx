import { useLocale } from "use-intl";
import { formatDateTime, languageTag } from "./format.ts";
import { useHydrated } from "./use-hydrated.ts";

/**
 * A moment in the reader's own time zone: "14:05" today, "25 Nov, 14:05" on another day. The server, which does not know
 * the zone, says it in UTC, and so does a page without scripts.
 */
export function LocalTime({ atMs, withDay = false }: { atMs: number; withDay?: boolean }) {
  const locale = useLocale();
  const hydrated = useHydrated();
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatDateTime(atMs, languageTag(locale))}
      className="whitespace-nowrap tabular-nums"
    >
      {hydrated
        ? localText(atMs, withDay ? null : Date.now(), languageTag(locale))
        : formatDateTime(atMs, languageTag(locale))}
    </time>
  );
}

function localText(atMs: number, nowMs: number | null, locale: string): string {
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(atMs);
  const day = new Intl.DateTimeFormat("en-CA");
  if (nowMs !== null && day.format(atMs) === day.format(nowMs)) return clock;
  return `${new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(atMs)}, ${clock}`;
}
