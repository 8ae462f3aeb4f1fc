/** What went into a bundle and what was left out. */
import { LIVE_STATUSES } from "../../app/domain/assignment.ts";
import type { ImportedRelease } from "../import/release.ts";
import { type Counts, countsOf } from "../invariants.ts";
import type { Exclusion, Parts } from "../privacy/consent.ts";
import { NO_SCREENING, type ScreeningCounts } from "../privacy/redact.ts";
import type { TrajectoryRecord } from "../records.ts";
import type { SourceTrajectory } from "../source.ts";
import type { Split } from "../splits.ts";

/** A file of the bundle; `rows` is null for files that hold no rows. */
export interface BundleFile {
  name: string;
  rows: number | null;
  byteSize: number;
  sha256: string;
}

export interface BundleCounts extends Counts {
  trajectories: number;
  complete: number;
  abandoned: number;
  /** Of the abandoned ones, those whose rater could still have gone on. */
  inProgress: number;
  raters: number;
  splits: Record<Split, number>;
}

/** Trajectories that were left out, by reason. */
export type Exclusions = Record<Exclusion, number>;

/** Trajectories that went in without a part that the rater did not agree to, and texts that were screened. */
export interface Withheld {
  freeText: number;
  images: number;
  demographics: number;
  screening: ScreeningCounts;
}

export class Tally {
  readonly counts: BundleCounts = {
    trajectories: 0,
    complete: 0,
    abandoned: 0,
    inProgress: 0,
    turns: 0,
    choices: 0,
    columns: 0,
    images: 0,
    answers: 0,
    inTurnPairs: 0,
    crossTurnPairs: 0,
    raters: 0,
    splits: { train: 0, test_seen: 0, test_unseen: 0 },
  };
  readonly excluded: Exclusions = {
    withdrawn: 0,
    rejected: 0,
    noConsent: 0,
    outOfScope: 0,
    abandoned: 0,
    source: 0,
    filtered: 0,
  };
  readonly withheld: Withheld = {
    freeText: 0,
    images: 0,
    demographics: 0,
    screening: { ...NO_SCREENING },
  };
  readonly imageFiles = { files: 0, bytes: 0 };
  #takenOver = false;

  add(trajectory: SourceTrajectory, record: TrajectoryRecord, parts: Parts): void {
    const live: readonly string[] = LIVE_STATUSES;
    this.counts.trajectories += 1;
    this.counts[record.status] += 1;
    if (live.includes(trajectory.status)) this.counts.inProgress += 1;
    if (record.split !== "") this.counts.splits[record.split as Split] += 1;
    const own = countsOf(record);
    for (const key of Object.keys(own) as (keyof typeof own)[]) this.counts[key] += own[key];
    if (this.#takenOver) return;
    for (const part of ["freeText", "images", "demographics"] as const)
      if (!parts[part]) this.withheld[part] += 1;
  }

  /** Counts that an imported study brought along: its rows no longer tell them. `add` leaves them alone. */
  takeOver({ excluded, withheld, inProgress }: ImportedRelease): void {
    Object.assign(this.excluded, excluded);
    // Part by part: a database may have kept the keys in another order, and the manifest writes them as they come.
    const { screening, ...parts } = withheld;
    Object.assign(this.withheld, parts);
    Object.assign(this.withheld.screening, screening);
    this.counts.inProgress = inProgress;
    this.#takenOver = true;
  }

  addScreening(counts: ScreeningCounts): void {
    const { screening } = this.withheld;
    for (const key of Object.keys(screening) as (keyof ScreeningCounts)[]) screening[key] += counts[key];
  }

  addImageFile(bytes: number): void {
    this.imageFiles.files += 1;
    this.imageFiles.bytes += bytes;
  }
}
