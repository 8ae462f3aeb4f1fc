import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { PRIVACY_PROFILES, type PrivacyProfile } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { runExport } from "./run-export.server.ts";
import { claimExport, releaseExport } from "./run-export-owner.server.ts";

export interface StartExportArgs {
  studyId: string;
  profile: PrivacyProfile;
  submissionId: string;
}
export interface StartExportResult {
  exportId: string;
}

/** Starts an export of one study; it goes on in the background and shows up in the list of exports at once. */
export async function startExport(
  ctx: ServiceContext,
  actor: Actor,
  { studyId, profile, submissionId }: StartExportArgs,
): Promise<StartExportResult> {
  assertCapability(actor, "dataset.export");
  if (!PRIVACY_PROFILES.includes(profile)) {
    throw new RequestError("INVALID_INPUT", "Choose a privacy profile.", {
      profile: "Choose a privacy profile.",
    });
  }

  const exportId = ctx.newId("exp");
  await claimExport(ctx.exportsDir, exportId);
  let result: StartExportResult;
  try {
    result = await record(ctx, actor, exportId, { studyId, profile, submissionId });
  } catch (error) {
    await releaseExport(ctx.exportsDir, exportId);
    throw error;
  }
  // A repeated submission finds the export that its first copy started.
  if (result.exportId === exportId) void runExport(ctx, exportId);
  else await releaseExport(ctx.exportsDir, exportId);
  return result;
}

/** Puts the export on record as running; a repeated submission gets the id of the earlier one. */
function record(
  ctx: ServiceContext,
  actor: Actor,
  exportId: string,
  { studyId, profile, submissionId }: StartExportArgs,
): Promise<StartExportResult> {
  return submitOnce(
    ctx,
    { actorId: actor.userId, submissionId, useCase: "start-export", body: { studyId, profile } },
    async (tx) => {
      const { studies, exports } = ctx.store.t;
      const [study] = await tx.select({ id: studies.id }).from(studies).where(eq(studies.id, studyId));
      if (!study) throw notFound("study");
      await tx.insert(exports).values({
        id: exportId,
        studyId,
        requestedBy: actor.userId,
        status: "running",
        profile,
        createdAtMs: ctx.now(),
      });
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "export.started",
        subjectType: "study",
        subjectId: studyId,
        data: { exportId, profile },
      });
      return { exportId };
    },
  );
}
