import { formatDateTime } from "./format.ts";
import { useHydrated } from "./use-hydrated.ts";

/**
 * A moment in the reader's own time zone: "14:05" today, "25 Nov, 14:05" on another day. The server, which does not know
 * the zone, says it in UTC, and so does a page without scripts.
 */
export function LocalTime({ atMs, withDay = false }: { atMs: number; withDay?: boolean }) {
  const hydrated = useHydrated();
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatDateTime(atMs)}
      className="whitespace-nowrap tabular-nums"
    >
      {hydrated ? localText(atMs, withDay ? null : Date.now()) : formatDateTime(atMs)}
    </time>
  );
}

function localText(atMs: number, nowMs: number | null): string {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(atMs);
  const day = new Intl.DateTimeFormat("en-CA");
  if (nowMs !== null && day.format(atMs) === day.format(nowMs)) return clock;
  return `${new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" }).format(atMs)}, ${clock}`;
}
