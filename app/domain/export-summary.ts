/** What a finished bundle holds, and how many trajectories were left out for which reason. Kept with the export. */
export interface BundleSummary {
  version: string;
  counts: Record<string, number>;
  excluded: Record<string, number>;
  withheld: { freeText: number; images: number; demographics: number };
  screening: {
    flagged: number;
    redacted: number;
    undecided: number;
    /** Not of bundles that were made before there was a review. */
    excluded?: number;
    unreviewed?: number;
  };
}
