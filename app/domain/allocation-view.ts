import type { SampleRatio } from "./sample-ratio.ts";
import type { Page } from "./staff-views.ts";
import type { AllocationLevel } from "./study-parts.ts";
import type { ArmStatus } from "./vocabulary.ts";

export interface AllocationArm {
  letter: string;
  name: string;
  /** Null for an arm that the published version no longer has. */
  status: ArmStatus | null;
  /** Trajectories of all versions. */
  assigned: number;
  live: number;
  completed: number;
  /** Completed trajectories that the weights promise this arm, out of all that are completed. */
  expectedCompleted: number;
}

export interface AllocationStage {
  stage: string;
  /** Of trajectories that ended, in the order of the arms. */
  arms: { reached: number; ended: number; interval: { low: number; high: number } | null }[];
  check: SampleRatio;
}

export interface StratumArm {
  letter: string;
  /** Entries of the list that were given out: trajectories, or raters where arms are given to raters. */
  drawn: number;
  live: number;
  completed: number;
}

export interface Stratum {
  listId: string;
  /** A rater's id, or the name of a group of raters ("" = raters of no group). */
  name: string;
  imbalance: number;
  arms: StratumArm[];
}

/** How trajectories are spread over the arms of a study. */
export interface AllocationView {
  studyId: string;
  version: number;
  level: AllocationLevel;
  armsHidden: boolean;
  unlockedAtMs: number | null;
  /** An arm is or was paused, so counts need not follow the weights. */
  wasPaused: boolean;
  arms: AllocationArm[];
  completedCheck: SampleRatio;
  stages: AllocationStage[];
  /** Of the lists of the published version; null before the first draw. */
  largestImbalance: { stratum: string; value: number; bound: number } | null;
  strata: Page<Stratum>;
}
