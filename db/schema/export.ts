import type { ExportFileRow } from "../../app/domain/export-job.ts";
import type { ExportOptions } from "../../app/domain/export-options.ts";
import type { BundleSummary } from "../../app/domain/export-summary.ts";
import { EXPORT_STAGES, EXPORT_STATUSES, PRIVACY_PROFILES } from "../../app/domain/vocabulary.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { AuthTables } from "./auth.ts";
import type { StudyTables } from "./study.ts";

/** Exports as leased jobs. */
export function exportTables(k: Kit, { user, studies }: AuthTables & StudyTables) {
  const exports = k.table(
    "exports",
    {
      id: k.text().primaryKey(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      requestedBy: k.text().references(() => user.id, { onDelete: "set null" }),
      status: k.enumText(EXPORT_STATUSES).notNull(),
      profile: k.enumText(PRIVACY_PROFILES).notNull(),
      options: k.json<ExportOptions>().notNull(),
      /** From which, with the installation's secret, the release key is made; gone once the export has ended. */
      releaseSalt: k.text(),
      stage: k.enumText(EXPORT_STAGES),
      doneCount: k.ms().notNull().default(0),
      totalCount: k.ms().notNull().default(0),
      writtenBytes: k.ms().notNull().default(0),
      secondsLeft: k.int(),
      progressAtMs: k.ms(),
      attempts: k.int().notNull().default(0),
      /** Not begun before; after a fault that may pass. */
      runAfterMs: k.ms().notNull().default(0),
      leaseOwner: k.text(),
      /** Grows with each claim, and when the export is cancelled: what an earlier owner does has no effect. */
      leaseToken: k.int().notNull().default(0),
      leaseExpiresAtMs: k.ms(),
      /** Also the high-water mark: trajectories that started earlier are exported. */
      createdAtMs: k.ms().notNull(),
      snapshotAtMs: k.ms(),
      finishedAtMs: k.ms(),
      /** In the object store under their hashes; null until ready, and once they were removed. */
      files: k.json<ExportFileRow[]>(),
      summary: k.json<BundleSummary>(),
      error: k.text(),
      expiresAtMs: k.ms(),
      filesRemovedAtMs: k.ms(),
    },
    (t) => [
      k.index("exports_study_ix").on(t.studyId, t.createdAtMs),
      k.index("exports_status_ix").on(t.status, t.runAfterMs),
      k.check("exports_status_ck", oneOf(t.status, EXPORT_STATUSES)),
      k.check("exports_stage_ck", oneOf(t.stage, EXPORT_STAGES)),
      k.check("exports_profile_ck", oneOf(t.profile, PRIVACY_PROFILES)),
    ],
  );
  return { exports };
}
