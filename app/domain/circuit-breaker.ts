/**
 * A circuit breaker per provider: after several failed calls in a row, nobody calls it for a while; then one probe
 * decides. Pure; the state is a row that all processes share.
 *
 * closed → (failures in a row) → open → (pause over) → half_open: one probe → closed | open for longer
 */
export const BREAKER_STATUSES = ["closed", "open", "half_open"] as const;
export type BreakerStatus = (typeof BREAKER_STATUSES)[number];

export interface Breaker {
  status: BreakerStatus;
  /** Failed calls in a row while closed. */
  failures: number;
  /** Times that it opened since the last success. */
  openings: number;
  /** When the status was entered; calls that began earlier no longer count. */
  sinceMs: number;
  /** open: when a probe may go; half_open: when the probe counts as lost; closed: null. */
  untilMs: number | null;
}

export const CLOSED_BREAKER: Breaker = {
  status: "closed",
  failures: 0,
  openings: 0,
  sinceMs: 0,
  untilMs: null,
};

export const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** What may be sent now. */
export function breakerAllows(breaker: Breaker, nowMs: number): "all" | "probe" | "none" {
  if (breaker.status === "closed") return "all";
  return nowMs >= (breaker.untilMs ?? 0) ? "probe" : "none";
}

/** A probe goes out; should it never be heard of again, another may go after `patienceMs`. */
export function beginProbe(breaker: Breaker, nowMs: number, patienceMs: number): Breaker {
  return { ...breaker, status: "half_open", sinceMs: nowMs, untilMs: nowMs + patienceMs };
}

/**
 * The state after a call ended. The same object comes back when nothing changed. While it is not closed, only a call
 * that began after the status was entered counts: the probe.
 */
export function afterCall(
  breaker: Breaker,
  call: { failed: boolean; startedAtMs: number },
  nowMs: number,
): Breaker {
  switch (breaker.status) {
    case "closed": {
      if (!call.failed)
        return breaker.failures === 0 && breaker.openings === 0
          ? breaker
          : { ...breaker, failures: 0, openings: 0 };
      if (call.startedAtMs < breaker.sinceMs) return breaker;
      const failures = breaker.failures + 1;
      return failures < FAILURES_TO_OPEN ? { ...breaker, failures } : opened(breaker, nowMs);
    }
    case "open":
      return breaker;
    case "half_open":
      if (call.startedAtMs < breaker.sinceMs) return breaker;
      return call.failed ? opened(breaker, nowMs) : { ...CLOSED_BREAKER, sinceMs: nowMs };
  }
}

function opened(breaker: Breaker, nowMs: number): Breaker {
  const openings = breaker.openings + 1;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (openings - 1), LONGEST_PAUSE_MS);
  return { status: "open", failures: 0, openings, sinceMs: nowMs, untilMs: nowMs + pauseMs };
}
