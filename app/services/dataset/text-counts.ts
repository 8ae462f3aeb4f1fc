import type { TextCounts } from "../../domain/staff-views.ts";
import type { ReviewedText } from "./screen-study.ts";

export function noTexts(): TextCounts {
  return { texts: 0, flagged: 0, undecided: 0, unreviewed: 0 };
}

/** Counts one more text. */
export function countText(counts: TextCounts, { findings, decision }: ReviewedText): void {
  const flagged = findings.length > 0;
  counts.texts += 1;
  if (flagged) counts.flagged += 1;
  if (decision !== null) return;
  counts.unreviewed += 1;
  if (flagged) counts.undecided += 1;
}
