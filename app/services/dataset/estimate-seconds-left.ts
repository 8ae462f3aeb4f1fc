import type { ExportStage } from "../../domain/vocabulary.ts";

/** What part of the time a stage takes, as measured without images; and what part is over when it begins. */
const SHARES: Record<ExportStage, { before: number; own: number }> = {
  snapshot: { before: 0, own: 0.3 },
  tables: { before: 0.3, own: 0.6 },
  images: { before: 0.3, own: 0.6 },
  publish: { before: 0.9, own: 0.1 },
};
const TOO_EARLY_MS = 2_000;

/** Whole seconds until the export is ready, from how long it took so far; null = too early to say. */
export function estimateSecondsLeft(progress: {
  stage: ExportStage;
  done: number;
  total: number;
  elapsedMs: number;
}): number | null {
  const { stage, done, total, elapsedMs } = progress;
  if (elapsedMs < TOO_EARLY_MS || total === 0) return null;
  const share = SHARES[stage].before + SHARES[stage].own * Math.min(1, done / total);
  return share === 0 ? null : Math.ceil((elapsedMs * (1 - share)) / share / 1000);
}
