/** The value below which the share `p` of the values lies (nearest rank); null without values. */
export function percentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? null;
}

export function median(values: readonly number[]): number | null {
  return percentile(values, 0.5);
}
