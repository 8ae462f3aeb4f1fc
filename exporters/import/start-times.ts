import { DAY_MS } from "../../app/domain/day.ts";
import type { PrivacyProfile } from "../../app/domain/vocabulary.ts";
import type { Report } from "./check-values.ts";
import type { NestedTrajectory } from "./to-trajectory.ts";

/**
 * Finds an instant at which each trajectory can have begun. Internal bundles tell it. Others tell days and elapsed times:
 * the earliest instant that fits them all and is not before the trajectory before keeps the order, and gives the same
 * days again. There always is one, because the true instant fits.
 */
export class StartTimes {
  readonly #profile: PrivacyProfile;
  #previousMs = 0;

  constructor(profile: PrivacyProfile) {
    this.#profile = profile;
  }

  /** Null when times contradict each other; each contradiction is reported. */
  next(nested: NestedTrajectory, report: Report): number | null {
    const times = timesOf(nested);
    return this.#profile === "internal" ? this.#exact(times, report) : this.#fitting(times, report);
  }

  #exact(times: TimeAt[], report: Report): number | null {
    const startedAtMs = Date.parse((times[0] as TimeAt).at);
    let ok = true;
    for (const { column, at, elapsedMs } of times) {
      if (isoOf(startedAtMs + elapsedMs) === at) continue;
      report(
        column,
        `is "${at}", which is not ${elapsedMs} ms after the start in RFC 3339 with milliseconds`,
      );
      ok = false;
    }
    if (ok && startedAtMs < this.#previousMs) {
      report("started_at", "is before that of the row before: rows are sorted by their start");
      ok = false;
    }
    if (ok) this.#previousMs = startedAtMs;
    return ok ? startedAtMs : null;
  }

  #fitting(times: TimeAt[], report: Report): number | null {
    let earliest = this.#previousMs;
    let latest = Number.MAX_SAFE_INTEGER;
    for (const { column, at, elapsedMs } of times) {
      const day = Date.parse(at);
      if (isoOf(day)?.slice(0, 10) !== at) {
        report(column, `is "${at}", which is no day`);
        return null;
      }
      earliest = Math.max(earliest, day - elapsedMs);
      latest = Math.min(latest, day + DAY_MS - 1 - elapsedMs);
      if (earliest > latest) {
        report(column, "fits neither the other times of the trajectory nor the order of the rows");
        return null;
      }
    }
    this.#previousMs = earliest;
    return earliest;
  }
}

interface TimeAt {
  column: string;
  at: string;
  elapsedMs: number;
}

function timesOf(nested: NestedTrajectory): TimeAt[] {
  const out: TimeAt[] = [{ column: "started_at", at: nested.started_at, elapsedMs: 0 }];
  const add = (column: string, at: string | null, elapsedMs: number | null) => {
    if (at !== null && elapsedMs !== null) out.push({ column, at, elapsedMs });
  };
  add("completed_at", nested.completed_at, nested.completed_elapsed_ms);
  for (const [t, turn] of nested.turns.entries()) {
    add(`turns[${t}].slate_shown_at`, turn.slate_shown_at, turn.slate_shown_elapsed_ms);
    add(`turns[${t}].chosen_at`, turn.chosen_at, turn.chosen_elapsed_ms);
  }
  return out;
}

function isoOf(ms: number): string | null {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}
