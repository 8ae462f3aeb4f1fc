import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { lockSession } from "../assignment/load-session.ts";
import { moveAssignment } from "../assignment/move-assignment.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";

/**
 * The rater does not agree: the task is given back and its place is free at once. Only before consent was given;
 * afterwards it is withdrawn. Errors: WRONG_PHASE, NOT_FOUND.
 */
export async function declineConsent(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<{ status: "returned" }> {
  assertCapability(actor, "rate");
  return submitOnce(
    ctx,
    {
      actorId: actor.userId,
      submissionId: args.submissionId,
      useCase: "decline-consent",
      body: { assignmentId: args.assignmentId },
    },
    async (tx) => {
      const session = await lockSession(ctx, tx, actor, args.assignmentId);
      const { assignment, trajectory, settings } = session;
      if (assignment.status === "returned") return { status: "returned" as const };
      if (trajectory.phase !== "consent") {
        throw new RequestError("WRONG_PHASE", "You have agreed already. You can withdraw on “Your data”.");
      }
      // A place whose lease ran out meanwhile is free already, and there is nothing to keep.
      await moveAssignment(ctx, tx, assignment, {
        event: "return",
        eventType: "consent.declined",
        trajectoryId: trajectory.id,
        data: { version: settings.consent.version },
      });
      return { status: "returned" as const };
    },
  );
}
