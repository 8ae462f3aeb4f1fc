import type { Actor } from "../../domain/actor.ts";
import { placeLimit, refusalError } from "../../domain/place.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { type ActionResult, actOnAssignment } from "./act-on-assignment.ts";
import { expireLapsed } from "./expire-lapsed.ts";
import { lockStudy } from "./find-place.ts";

/**
 * Accepts work that was handed in, or that was rejected before while its place is still free. Approving twice changes
 * nothing. Errors: ILLEGAL_TRANSITION, STUDY_FULL where a rejected task's place was given to somebody else.
 */
export function approveAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<ActionResult> {
  return actOnAssignment(ctx, actor, { useCase: "approve-assignment", ...args }, async (tx, target) => {
    const { id, status, studyId, keepsPlace } = target.assignment;
    if (status === "approved") return { assignmentId: id, status };
    if (status === "rejected" && !keepsPlace) {
      const study = await lockStudy(ctx, tx, studyId);
      const settings = await settingsOfVersion(ctx, tx, studyId, study.currentVersion);
      const held = study.placesHeld - (await expireLapsed(ctx, tx, studyId));
      if (held >= placeLimit(settings)) throw refusalError({ code: "STUDY_FULL" });
    }
    return target.move({
      event: "approve",
      eventType: "assignment.approved",
      set: { reviewedBy: actor.userId, reviewedAtMs: ctx.now(), keepsPlace: false },
    });
  });
}
