import type { PrivacyProfile } from "../app/domain/vocabulary.ts";

/** An instant as one profile tells it, and how long after the start of its trajectory it was. */
export interface ExportedTime {
  /** RFC 3339 UTC with milliseconds (internal), or the day alone (shared, public). */
  at: string;
  elapsedMs: number;
}

/** Times of one trajectory. Clock times can tell who a rater is; days and durations cannot. */
export function timesOf(profile: PrivacyProfile, startedAtMs: number): (atMs: number) => ExportedTime {
  const length = profile === "internal" ? undefined : 10;
  return (atMs) => ({
    at: new Date(atMs).toISOString().slice(0, length),
    elapsedMs: atMs - startedAtMs,
  });
}
