import { eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { assertCapability } from "../../domain/actor.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import { RequestError } from "../../domain/errors.ts";
import { renewedLease } from "../../domain/lease.ts";
import { refusalError } from "../../domain/place.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { findPlace } from "./find-place.ts";
import { lockSession } from "./load-session.ts";
import { moveAssignment } from "./move-assignment.ts";
import { takePrompt } from "./take-prompt.ts";

export interface AnswerOfferArgs {
  assignmentId: string;
  accept: boolean;
  submissionId: string;
}

/**
 * The rater takes a task that a coordinator offered, or declines it without penalty. Taking one that is under way
 * already changes nothing. Errors: NOT_FOUND, ASSIGNMENT_NOT_LIVE, and those of `placeRefusal` for "accept".
 */
export async function answerOffer(
  ctx: ServiceContext,
  actor: Actor,
  { assignmentId, accept, submissionId }: AnswerOfferArgs,
): Promise<{ status: AssignmentStatus }> {
  assertCapability(actor, "rate");
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "answer-offer",
    body: { assignmentId, accept },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { assignment, trajectory, settings } = await lockSession(ctx, tx, actor, assignmentId);
    if (accept && assignment.status === "active") return { status: "active" as const };
    if (assignment.status !== "offered") throw gone();
    if (!accept) {
      const status = await moveAssignment(ctx, tx, assignment, {
        event: "return",
        eventType: "assignment.declined",
        trajectoryId: trajectory.id,
      });
      if (!status) throw gone();
      return { status };
    }
    const now = ctx.now();
    if (assignment.leaseExpiresAtMs < now) throw gone();
    const place = await findPlace(ctx, tx, { ...assignment, purpose: "accept" });
    if (place.kind === "refused") throw refusalError(place.refusal);
    const status = await moveAssignment(ctx, tx, assignment, {
      event: "start",
      eventType: "assignment.started",
      set: { ...renewedLease(settings, now), startedAtMs: now },
      trajectoryId: trajectory.id,
      data: { offered: true },
    });
    if (!status) throw gone();
    const { trajectories } = ctx.store.t;
    const { studyId, studyVersion } = assignment;
    await tx
      .update(trajectories)
      .set({ startedAtMs: now, promptCue: await takePrompt(ctx, tx, { studyId, studyVersion, settings }) })
      .where(eq(trajectories.id, trajectory.id));
    return { status };
  });
}

function gone(): RequestError {
  return new RequestError("ASSIGNMENT_NOT_LIVE", "This offer is no longer open.");
}
