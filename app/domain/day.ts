export const DAY_MS = 86_400_000;

/** Midnight UTC, in ms, of a day written as "2026-11-24"; NaN for what is no day. */
export function dayStartMs(text: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
}
