import type { Actor } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";
import { type ActionResult, actOnAssignment } from "./act-on-assignment.ts";

/**
 * Frees the place of a live task now instead of when its lease ends. The work is kept as after any expiry, and its rater
 * can go on while a place is free, where the study allows it; an offer is taken back.
 */
export function releaseAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<ActionResult> {
  return actOnAssignment(ctx, actor, { useCase: "release-assignment", ...args }, (_tx, target) =>
    target.move({ event: "release", eventType: "assignment.released", set: { leaseExpiresAtMs: ctx.now() } }),
  );
}
