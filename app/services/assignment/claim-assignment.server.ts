import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { phasesOf } from "../../domain/phase.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { findPlace } from "./find-place.ts";

export interface ClaimAssignmentArgs {
  studyId: string;
  submissionId: string;
}

/**
 * Gives the rater one trajectory of a study to do. Completed + live assignments never exceed the study's target, and a
 * rater has one live assignment per study: claiming again while one is live returns that one.
 * Errors: NOT_FOUND, NOT_ELIGIBLE, STUDY_NOT_OPEN, STUDY_FULL, RATER_CAP_REACHED.
 */
export async function claimAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: ClaimAssignmentArgs,
): Promise<{ assignmentId: string }> {
  assertCapability(actor, "rate");
  const raterId = actor.raterId;
  if (!raterId) throw new RequestError("NOT_ELIGIBLE", "Your account is not a rater's.");
  return submitOnce(
    ctx,
    {
      actorId: actor.userId,
      submissionId: args.submissionId,
      useCase: "claim-assignment",
      body: { studyId: args.studyId },
    },
    async (tx) => {
      const { assignments, trajectories } = ctx.store.t;
      const place = await findPlace(ctx, tx, { studyId: args.studyId, raterId });
      if (place.kind === "taken") return { assignmentId: place.assignmentId };
      const { studyVersion, settings, source } = place;
      const now = ctx.now();
      const assignmentId = ctx.newId("asg");
      const trajectoryId = ctx.newId("trj");
      await tx.insert(assignments).values({
        id: assignmentId,
        studyId: args.studyId,
        studyVersion,
        raterId,
        status: "active",
        leaseExpiresAtMs: now + settings.leaseMinutes * 60_000,
        completionCode: ctx.newId("tw").slice(3, 13).toUpperCase(),
        startedAtMs: now,
        updatedAtMs: now,
      });
      await tx.insert(trajectories).values({
        id: trajectoryId,
        assignmentId,
        studyId: args.studyId,
        studyVersion,
        raterId,
        source,
        phase: phasesOf(settings.optionalPhases)[0] ?? "instructions",
        startedAtMs: now,
      });
      await recordEvent(ctx, tx, {
        type: "assignment.started",
        studyId: args.studyId,
        raterId,
        assignmentId,
        trajectoryId,
      });
      return { assignmentId };
    },
  );
}
