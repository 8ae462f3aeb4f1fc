import jstat from "jstat";

/** Probability of a χ² at least this large under `degreesOfFreedom`. */
export function chiSquareTail(chiSquare: number, degreesOfFreedom: number): number {
  // The complement can leave [0, 1] by a rounding error.
  return Math.min(1, Math.max(0, 1 - jstat.jStat.chisquare.cdf(chiSquare, degreesOfFreedom)));
}
