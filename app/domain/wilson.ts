/** 97.5 % point of the standard normal distribution: two-sided 95 %. */
const Z_95 = 1.959963984540054;

/** Wilson's score interval (95 %) of a share, within [0, 1]. Null when nothing was counted. */
export function wilsonInterval(successes: number, total: number): { low: number; high: number } | null {
  if (total <= 0) return null;
  const share = successes / total;
  const z2 = Z_95 ** 2 / total;
  const centre = share + z2 / 2;
  const half = Math.sqrt(z2 * (share * (1 - share) + z2 / 4));
  return {
    // Rounding must not move an end past the share it belongs to.
    low: successes === 0 ? 0 : Math.max(0, (centre - half) / (1 + z2)),
    high: successes === total ? 1 : Math.min(1, (centre + half) / (1 + z2)),
  };
}
