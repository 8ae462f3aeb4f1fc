import type { PrivacyProfile } from "../app/domain/vocabulary.ts";

/**
 * Why nothing is given out under this profile, or null: whoever is outside the team may only get what raters consented
 * to, and no exporter can tell that yet.
 */
export function profileRefusal(profile: PrivacyProfile): string | null {
  if (profile === "internal") return null;
  return "Releases outside the team need consent filtering, which is not built yet.";
}

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
