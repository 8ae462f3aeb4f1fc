import type { Actor } from "../../domain/actor.ts";
import { renewedLease } from "../../domain/lease.ts";
import type { ServiceContext } from "../context.ts";
import { type ActionResult, actOnAssignment } from "./act-on-assignment.ts";

/** Starts the clock of a paused task again, with a whole lease: a pause never costs the rater time. */
export function resumeAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<ActionResult> {
  return actOnAssignment(ctx, actor, { useCase: "resume-assignment", ...args }, (_tx, target) =>
    target.move({
      event: "resume",
      eventType: "assignment.resumed",
      set: renewedLease(target.settings, ctx.now()),
    }),
  );
}
