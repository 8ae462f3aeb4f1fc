import type { Actor } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";
import { type ActionResult, actOnAssignment } from "./act-on-assignment.ts";

/** Stops the clock of a rater's task: its lease stands still and nothing can be written, until it is resumed. */
export function pauseAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<ActionResult> {
  return actOnAssignment(ctx, actor, { useCase: "pause-assignment", ...args }, (_tx, target) =>
    target.move({
      event: "pause",
      eventType: "assignment.paused",
      set: { remindAtMs: null },
      data: { leaseLeftMs: Math.max(0, target.assignment.leaseExpiresAtMs - ctx.now()) },
    }),
  );
}
