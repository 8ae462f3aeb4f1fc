import { eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import {
  BundleProblems,
  type CheckedBundle,
  checkBundle,
  type ImportedRelease,
  readBundle,
  type SourceTrajectory,
} from "../../../exporters/index.ts";
import { type StudySettings, studySettingsSchema } from "../../domain/study-settings.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { ImportRows } from "./import-rows.ts";
import { importedArm } from "./imported-arm.ts";

export interface ImportBundleArgs {
  folder: string;
  /** Default: the dataset's title. */
  name?: string;
  actorUserId: string | null;
  signal?: AbortSignal;
  onProgress?: (progress: { stage: "check" | "write"; done: number; total: number }) => void;
}

export interface ImportedStudy {
  studyId: string;
  name: string;
  trajectories: number;
  raters: number;
  release: ImportedRelease;
  /** Documents that an export of this version words differently. */
  reworded: string[];
}

const PAGE_TRAJECTORIES = 20;

/**
 * Rebuilds a study from a bundle, closed to raters. The bundle is checked whole before anything is written; then one
 * transaction writes everything, so that an import that is cut short leaves nothing. Throws a BundleError that lists
 * what is wrong.
 */
export async function importBundle(ctx: ServiceContext, args: ImportBundleArgs): Promise<ImportedStudy> {
  const { folder, signal, onProgress } = args;
  const bundle = await checkBundle(folder, {
    signal,
    onProgress: (done, total) => onProgress?.({ stage: "check", done, total }),
  });
  const studyId = ctx.newId("std");
  const name = args.name ?? bundle.release.info.title;
  const raters = await ctx.store.tx((tx) => write(ctx, tx, bundle, { ...args, studyId, name }));
  const { release, manifest, reworded } = bundle;
  return { studyId, name, trajectories: manifest.counts.trajectories, raters, release, reworded };
}

async function write(
  ctx: ServiceContext,
  tx: Tx,
  bundle: CheckedBundle,
  target: ImportBundleArgs & { studyId: string; name: string },
): Promise<number> {
  const { release, manifest } = bundle;
  const { studies } = ctx.store.t;
  const { studyId, name } = target;
  const atMs = ctx.now();
  const total = manifest.counts.trajectories;
  await tx.insert(studies).values({
    id: studyId,
    name,
    status: "closed",
    currentVersion: 0,
    draftSettings: settingsOf(release, 1, 1),
    imported: release,
    createdBy: target.actorUserId,
    createdAtMs: atMs,
    updatedAtMs: atMs,
  });
  const rows = new ImportRows(ctx, tx, studyId);
  const problems = new BundleProblems();
  let page: SourceTrajectory[] = [];
  let done = 0;
  const flush = async () => {
    target.signal?.throwIfAborted();
    await rows.write(page);
    done += page.length;
    page = [];
    target.onProgress?.({ stage: "write", done, total });
  };
  for await (const trajectory of readBundle(bundle, problems)) {
    page.push(trajectory);
    if (page.length >= PAGE_TRAJECTORIES) await flush();
  }
  // The files were changed since they were checked.
  problems.assertNone();
  await flush();
  const settings = settingsOf(release, rows.arms, rows.imagesPerColumn);
  await rows.writeVersions(settings);
  await tx
    .update(studies)
    .set({ currentVersion: rows.lastVersion, draftSettings: settings })
    .where(eq(studies.id, studyId));
  await recordAudit(ctx, tx, {
    actorUserId: target.actorUserId,
    action: "study.imported",
    subjectType: "study",
    subjectId: studyId,
    data: { manifestSha256: release.manifestSha256, profile: release.profile, trajectories: total },
  });
  return rows.raters;
}

/** A bundle does not tell a study's settings; these have its sizes, and its arms without what made their slates. */
function settingsOf({ sizes }: ImportedRelease, arms: number, imagesPerColumn: number): StudySettings {
  return studySettingsSchema.parse({
    horizon: Math.max(1, sizes.horizon),
    columnCount: Math.max(2, sizes.columnCount),
    imagesPerColumn: Math.max(1, imagesPerColumn),
    arms: Array.from({ length: Math.min(20, Math.max(1, arms)) }, (_, i) => {
      const { armKey: key, ...arm } = importedArm(i + 1);
      return { key, ...arm };
    }),
  });
}
