/** What a server holds at one moment, when nobody is connected. */
export interface Held {
  streams: number;
  listeners: number;
  sockets: number;
  timers: number;
  rssBytes: number;
  heapBytes: number;
}

/** Of the process, after tidying up: what pools and the allocator may keep. */
const MOST_GROWTH_BYTES = 64 * 1024 * 1024;
/** Timers that come and go by themselves: kept connections, caches, the database's pool. */
const SPARE_TIMERS = 8;

/**
 * What was left behind between two quiet moments, in words. Memory tells something only `afterWarmUp`: what is allocated
 * once in a process has to be there already.
 */
export function findLeaks(before: Held, after: Held, afterWarmUp: boolean): string[] {
  const wrong: string[] = [];
  for (const what of ["streams", "listeners", "sockets"] as const) {
    if (after[what] > before[what]) wrong.push(`${what} went from ${before[what]} to ${after[what]}`);
  }
  if (after.timers > before.timers + SPARE_TIMERS) {
    wrong.push(`timers went from ${before.timers} to ${after.timers}`);
  }
  if (!afterWarmUp) return wrong;
  for (const what of ["rssBytes", "heapBytes"] as const) {
    const growth = after[what] - before[what];
    if (growth > MOST_GROWTH_BYTES) wrong.push(`${what} grew by ${growth}`);
  }
  return wrong;
}
