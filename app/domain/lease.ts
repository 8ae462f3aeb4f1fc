/** The lease of an assignment: how long it may lie untouched. All instants are UTC ms. */
const MINUTE_MS = 60_000;

export interface LeaseRules {
  leaseMinutes: number;
  /** 0 = no reminder. */
  reminderMinutes: number;
}

/** The end of a lease that is renewed now, and when its reminder is due (null = none). */
export function renewedLease(
  { leaseMinutes, reminderMinutes }: LeaseRules,
  nowMs: number,
): { leaseExpiresAtMs: number; remindAtMs: number | null } {
  // A lease that is no longer than its reminder would begin with it.
  const reminder = reminderMinutes < leaseMinutes ? reminderMinutes : Math.floor(leaseMinutes / 2);
  return leaseUntil(nowMs + leaseMinutes * MINUTE_MS, reminder);
}

export function leaseUntil(
  leaseExpiresAtMs: number,
  reminderMinutes: number,
): { leaseExpiresAtMs: number; remindAtMs: number | null } {
  const remindAtMs = reminderMinutes === 0 ? null : leaseExpiresAtMs - reminderMinutes * MINUTE_MS;
  return { leaseExpiresAtMs, remindAtMs };
}

/** Whole minutes that are left, once few enough to remind the rater of; otherwise null. */
export function reminderMinutesLeft(
  lease: { leaseExpiresAtMs: number; remindAtMs: number | null },
  nowMs: number,
): number | null {
  if (lease.remindAtMs === null || nowMs < lease.remindAtMs) return null;
  return Math.max(0, Math.floor((lease.leaseExpiresAtMs - nowMs) / MINUTE_MS));
}
