/** Texts for numbers that come out the same on the server and in every browser. */

const ENGLISH = "en-GB";

/** The tag that formats of dates and times go by: English dates are written day first, with 24 hours. */
export function languageTag(locale: string): string {
  return locale === "en" ? ENGLISH : locale;
}

/** "23 Nov 2026". */
export function formatDate(atMs: number, tag = ENGLISH): string {
  return formatOf(tag, "date").format(atMs);
}

/** "23 Nov 2026, 06:37 UTC". */
export function formatDateTime(atMs: number, tag = ENGLISH): string {
  return `${formatDate(atMs, tag)}, ${formatOf(tag, "clock").format(atMs)} UTC`;
}

const PARTS: Record<"date" | "clock", Intl.DateTimeFormatOptions> = {
  date: { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" },
  clock: { timeZone: "UTC", hour: "2-digit", minute: "2-digit" },
};
const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are kept: making one costs a hundred times as much as using it. */
function formatOf(tag: string, part: "date" | "clock"): Intl.DateTimeFormat {
  const key = `${tag} ${part}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, PARTS[part]);
  formats.set(key, format);
  return format;
}

/** "just now", "5 min ago", "3 h ago", "2 days ago"; the future is "in 5 min". */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.abs(nowMs - atMs) / 1000;
  if (seconds < 45) return "just now";
  const text = formatSpan(seconds);
  return atMs <= nowMs ? `${text} ago` : `in ${text}`;
}

/** "820 ms", "4.2 s", "12 min", "3 h". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return formatSpan(ms / 1000);
}

function formatSpan(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${Math.max(1, minutes)} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.round(hours / 24)} days`;
}

/** "$2.50"; the currency code where the symbol is not known. */
export function formatMoney(cents: number, currency: string): string {
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(cents / 100);
}

/** "1,204". */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat("en-US").format(value);
}

/** "12.4 kB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** "1 turn", "3 turns". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** "prefer_not" → "Prefer not", for the words of a vocabulary. */
export function sentence(word: string): string {
  const text = word.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
