/** Buckets that refill steadily; in this process's memory. */
export interface RateLimit {
  /** Takes one; `waitMs` 0 = granted, otherwise how long until there is one again. */
  take(key: string, nowMs: number): { waitMs: number; remaining: number };
}

const BUCKETS_MAX = 10_000;

/** At most `perMinute` at once, and as many per minute in the long run. */
export function createRateLimit(perMinute: number): RateLimit {
  const perMs = perMinute / 60_000;
  const buckets = new Map<string, { level: number; atMs: number }>();
  return {
    take(key, nowMs) {
      const bucket = buckets.get(key) ?? { level: perMinute, atMs: nowMs };
      const level = Math.min(perMinute, bucket.level + Math.max(0, nowMs - bucket.atMs) * perMs);
      const granted = level >= 1;
      // Written anew, so that the map is in the order of use and the longest unused goes first.
      buckets.delete(key);
      buckets.set(key, { level: granted ? level - 1 : level, atMs: nowMs });
      if (buckets.size > BUCKETS_MAX) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      return granted
        ? { waitMs: 0, remaining: Math.floor(level - 1) }
        : { waitMs: Math.ceil((1 - level) / perMs), remaining: 0 };
    },
  };
}
