import { createHmac, createSecretKey } from "node:crypto";
import { ExportError } from "./errors.ts";

export const SPLITS = ["train", "test_seen", "test_unseen"] as const;
export type Split = (typeof SPLITS)[number];

export interface SplitOptions {
  /** Keep it for all releases of a study: the same key gives the same splits. */
  key: string;
  /** Share of raters of whom nothing is seen in training. */
  testUnseen: number;
  /** Share of the other raters' trajectories, after the first of each. */
  testSeen: number;
}

/** Draws the split of one trajectory; `isFirst` = the rater's first in the release. */
export type SplitOf = (trajectory: { id: string; raterId: string }, isFirst: boolean) => Split;

/**
 * Splits by keyed hash of the rater, then of the trajectory: what is added later never moves what was drawn before.
 * The first trajectory of a rater is always for training, so that every rater of test_seen has been seen there.
 */
export function createSplits({ key, testUnseen, testSeen }: SplitOptions): SplitOf {
  for (const share of [testUnseen, testSeen]) {
    if (!(share >= 0 && share <= 1))
      throw new ExportError("The shares of the splits are numbers from 0 to 1.");
  }
  const secret = createSecretKey(Buffer.from(`turnwise-split\0${key}`, "utf8"));
  const share = (kind: string, id: string) =>
    createHmac("sha256", secret).update(`${kind}\0${id}`, "utf8").digest().readUInt32BE(0) / 2 ** 32;
  return ({ id, raterId }, isFirst) => {
    if (share("rater", raterId) < testUnseen) return "test_unseen";
    return !isFirst && share("trajectory", id) < testSeen ? "test_seen" : "train";
  };
}

/** Splits of a study in every release, unless others are asked for: a tenth of the raters, a tenth of the rest. */
export function defaultSplits(studyId: string): SplitOptions {
  return { key: studyId, testUnseen: 0.1, testSeen: 0.1 };
}
