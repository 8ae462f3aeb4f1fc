/** Interleaved rounds of two sides, so that a drift of the machine's speed touches both. */
export interface Ratio {
  /** Median over the rounds of side A ÷ side B. */
  ratio: number;
  low: number;
  high: number;
  /** Median of each side, in the unit that was measured. */
  a: number;
  b: number;
}

export const ROUNDS = 9;

export async function compare(
  a: () => Promise<number>,
  b: () => Promise<number>,
  rounds = ROUNDS,
): Promise<Ratio> {
  await a();
  await b();
  const pairs: [number, number][] = [];
  for (let i = 0; i < rounds; i++) {
    const first = i % 2 === 0;
    const x = first ? await a() : Number.NaN;
    const y = await b();
    pairs.push([first ? x : await a(), y]);
  }
  const ratios = pairs.map(([x, y]) => x / y).sort((x, y) => x - y);
  return {
    ratio: median(ratios),
    low: ratios[0] ?? Number.NaN,
    high: ratios.at(-1) ?? Number.NaN,
    a: median(pairs.map((p) => p[0])),
    b: median(pairs.map((p) => p[1])),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Operations per second of `work`, done `n` times. */
export async function perSecond(n: number, work: (i: number) => Promise<unknown> | unknown): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < n; i++) await work(i);
  return n / ((performance.now() - started) / 1000);
}
