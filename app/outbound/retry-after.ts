/** Longest pause that a service is believed. */
const MAX_MS = 60 * 60_000;

/** Reads a Retry-After header: seconds or a date. null = absent or senseless. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? clamp(ms) : null;
}

/** Reads Google's RetryInfo, a duration such as "12.5s". */
export function parseRetryDelay(value: unknown): number | null {
  const match = typeof value === "string" ? /^(\d+(?:\.\d+)?)s$/.exec(value) : null;
  return match ? clamp(Number(match[1]) * 1000) : null;
}

function clamp(ms: number): number {
  return Math.round(Math.min(MAX_MS, Math.max(0, ms)));
}
