/** An export as a job: how it stands, and who may change that. */

import type { ExportOptions } from "./export-options.ts";
import type { BundleSummary } from "./export-summary.ts";
import type { ExportStage, ExportStatus, PrivacyProfile } from "./vocabulary.ts";

/** Begun so often without an end, it is given up: it would end its workers for ever. */
export const MAX_EXPORT_ATTEMPTS = 5;

/** It goes on by itself. */
export const UNFINISHED_EXPORT_STATUSES = ["queued", "running"] as const satisfies ExportStatus[];

/** It goes on by itself: look again. */
export function isUnfinishedExport(status: ExportStatus): boolean {
  return (UNFINISHED_EXPORT_STATUSES as readonly ExportStatus[]).includes(status);
}

export interface ExportProgress {
  /** Null until a worker has it. */
  stage: ExportStage | null;
  /** Of the stage: trajectories, images or bytes; never falls within a stage. */
  done: number;
  /** 0 = not known yet. */
  total: number;
  /** Bytes of the files so far. */
  bytes: number;
  /** Of the whole export; null = too early to say. */
  secondsLeft: number | null;
  updatedAtMs: number | null;
}

export const EXPORT_FILE_PARTS = ["bundle", "spreadsheet"] as const;

/** `spreadsheet` files come besides the bundle and are not in its checksums. */
export interface ExportFileRow {
  name: string;
  rows: number | null;
  byteSize: number;
  sha256: string;
  part: (typeof EXPORT_FILE_PARTS)[number];
}

export interface ExportRow {
  exportId: string;
  studyId: string;
  status: ExportStatus;
  profile: PrivacyProfile;
  options: ExportOptions;
  progress: ExportProgress;
  /** Empty until it is ready, and after its files were removed. */
  files: ExportFileRow[];
  /** What went in and what was left out; null until ready. */
  summary: BundleSummary | null;
  error: string | null;
  /** Of the user who asked for it; null = from the shell, or the account is gone. */
  requestedBy: { userId: string; name: string } | null;
  createdAtMs: number;
  /** The instant of the database that the files show; null until that was read whole. */
  snapshotAtMs: number | null;
  finishedAtMs: number | null;
  /** When the files go by themselves; null = they stay. */
  expiresAtMs: number | null;
  filesRemovedAtMs: number | null;
}
