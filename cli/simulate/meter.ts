/** Counts what a run did: durations per step, requests, retries and errors by kind. */
export class Meter {
  requests = 0;
  retries = 0;
  readonly durationsMs = new Map<string, number[]>();
  readonly errors = new Map<string, { count: number; example: string }>();

  time(step: string, ms: number): void {
    const list = this.durationsMs.get(step);
    if (list) list.push(ms);
    else this.durationsMs.set(step, [ms]);
  }

  error(kind: string, message: string): void {
    const known = this.errors.get(kind);
    if (known) known.count += 1;
    else this.errors.set(kind, { count: 1, example: message });
  }

  get errorCount(): number {
    let sum = 0;
    for (const { count } of this.errors.values()) sum += count;
    return sum;
  }
}

/** The value below which a share `q` of the sorted values lies (nearest rank). */
export function quantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] as number;
}
