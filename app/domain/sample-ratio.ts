/** Below this p a sample-ratio mismatch is an alarm (method, section 1): rare enough to be looked at again and again. */
export const MISMATCH_ALARM_P = 0.001;
/** The χ² distribution is a fair approximation only where each arm is expected at least this often. */
export const EXPECTED_COUNT_MIN = 5;

export type SampleRatio =
  | { kind: "not_enough" }
  | { kind: "fits" | "mismatch"; chiSquare: number; degreesOfFreedom: number; p: number };

/** One arm's count within one version of a study, whose arms share that version's total by their weights. */
export interface VersionCount {
  version: number;
  armKey: string;
  weight: number;
  count: number;
}

/** Observed and expected count of each arm, summed over versions, in the order of first mention. */
export function expectedByWeights(
  counts: readonly VersionCount[],
): { armKey: string; observed: number; expected: number }[] {
  const totals = new Map<number, { count: number; weight: number }>();
  for (const { version, weight, count } of counts) {
    const total = totals.get(version) ?? { count: 0, weight: 0 };
    totals.set(version, { count: total.count + count, weight: total.weight + weight });
  }
  const byArm = new Map<string, { armKey: string; observed: number; expected: number }>();
  for (const { version, armKey, weight, count } of counts) {
    const total = totals.get(version) ?? { count: 0, weight: 1 };
    const sum = byArm.get(armKey) ?? { armKey, observed: 0, expected: 0 };
    byArm.set(armKey, {
      armKey,
      observed: sum.observed + count,
      expected: sum.expected + (total.count * weight) / total.weight,
    });
  }
  return [...byArm.values()];
}

/**
 * χ² goodness of fit of arms' counts to what their weights promise. The counted units must be independent.
 * `tail` gives the probability of a χ² at least as large.
 */
export function sampleRatio(
  arms: readonly { observed: number; expected: number }[],
  tail: (chiSquare: number, degreesOfFreedom: number) => number,
): SampleRatio {
  if (arms.length < 2 || arms.some((arm) => arm.expected < EXPECTED_COUNT_MIN)) return { kind: "not_enough" };
  const chiSquare = arms.reduce((sum, arm) => sum + (arm.observed - arm.expected) ** 2 / arm.expected, 0);
  const degreesOfFreedom = arms.length - 1;
  const p = tail(chiSquare, degreesOfFreedom);
  return { kind: p < MISMATCH_ALARM_P ? "mismatch" : "fits", chiSquare, degreesOfFreedom, p };
}
