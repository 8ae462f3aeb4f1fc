import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { refusalError } from "../../domain/place.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { findPlace } from "./find-place.ts";
import { insertAssignment } from "./insert-assignment.ts";

export interface ClaimAssignmentArgs {
  studyId: string;
  submissionId: string;
  /** Ids that the recruiting panel sent with the rater. */
  externalSession?: Record<string, string>;
}

/**
 * Gives the rater one trajectory of a study to do. Completed + live assignments never exceed the study's places, and a
 * rater has one live assignment per study: claiming again while one is live returns that one, offered or not.
 * Errors: NOT_FOUND, and those of `placeRefusal` with the refusal in `details.refusal`: NOT_ELIGIBLE, STUDY_NOT_OPEN,
 * STUDY_FULL, RATER_CAP_REACHED, PAUSE_NEEDED.
 */
export async function claimAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: ClaimAssignmentArgs,
): Promise<{ assignmentId: string }> {
  assertCapability(actor, "rate");
  const raterId = actor.raterId;
  if (!raterId) throw new RequestError("NOT_ELIGIBLE", "Your account is not a rater's.");
  const { studyId, externalSession } = args;
  return submitOnce(
    ctx,
    {
      actorId: actor.userId,
      submissionId: args.submissionId,
      useCase: "claim-assignment",
      body: { studyId },
    },
    async (tx) => {
      const place = await findPlace(ctx, tx, { studyId, raterId, purpose: "claim" });
      if (place.kind === "taken") return { assignmentId: place.assignmentId };
      if (place.kind === "refused") throw refusalError(place.refusal);
      const assignmentId = await insertAssignment(ctx, tx, {
        studyId,
        studyVersion: place.study.currentVersion,
        raterId,
        facts: place.facts,
        status: "active",
        externalSession,
      });
      return { assignmentId };
    },
  );
}
