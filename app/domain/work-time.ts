/**
 * Honest time: what a rater's page measures of each phase and turn.
 * `active`: looked at and used; `waiting`: looked at while images are made; `idle`: open in front, without a sign of use.
 * A page that is hidden or behind another window counts as none of them.
 */
export interface WorkTime {
  activeMs: number;
  idleMs: number;
  waitingMs: number;
}

export const NO_WORK_TIME: WorkTime = { activeMs: 0, idleMs: 0, waitingMs: 0 };

/** Looking without touching anything is work for this long: images are judged by eye. */
export const IDLE_AFTER_MS = 30_000;

/** Most time between two ticks that counts: a machine that slept did not work. */
export const MAX_TICK_MS = 5_000;

export interface WorkMoment {
  /** In front of the rater: visible, and its window has the focus. */
  inFront: boolean;
  /** Since the last key, pointer or scroll event. */
  sinceInputMs: number;
  /** The rater cannot go on: images are being made or loaded. */
  waiting: boolean;
}

/** `time` after `elapsedMs` more of `moment`. */
export function addMoment(time: WorkTime, elapsedMs: number, moment: WorkMoment): WorkTime {
  if (!moment.inFront || elapsedMs <= 0) return time;
  const ms = Math.min(elapsedMs, MAX_TICK_MS);
  if (moment.waiting) return { ...time, waitingMs: time.waitingMs + ms };
  if (moment.sinceInputMs < IDLE_AFTER_MS) return { ...time, activeMs: time.activeMs + ms };
  return { ...time, idleMs: time.idleMs + ms };
}

export function sumWorkTime(times: readonly WorkTime[]): WorkTime {
  return times.reduce(
    (sum, time) => ({
      activeMs: sum.activeMs + time.activeMs,
      idleMs: sum.idleMs + time.idleMs,
      waitingMs: sum.waitingMs + time.waitingMs,
    }),
    NO_WORK_TIME,
  );
}

/**
 * What is stored of a report: counters never go back (reports may overtake each other), and never hold more than the
 * `wallMs` that have passed since this tab began.
 */
export function mergeReport(stored: WorkTime, reported: WorkTime, wallMs: number): WorkTime {
  const merged = {
    activeMs: Math.max(stored.activeMs, Math.round(reported.activeMs)),
    idleMs: Math.max(stored.idleMs, Math.round(reported.idleMs)),
    waitingMs: Math.max(stored.waitingMs, Math.round(reported.waitingMs)),
  };
  const total = merged.activeMs + merged.idleMs + merged.waitingMs;
  return total <= wallMs ? merged : stored;
}
