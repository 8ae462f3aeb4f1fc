import type { Actor } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";
import { type ActionResult, actOnAssignment, checkNote } from "./act-on-assignment.ts";

export interface RejectAssignmentArgs {
  assignmentId: string;
  /** Shown to the rater. */
  reason: string;
  /** Whether somebody else may have the place; the study's own rule when left out. */
  reusePlace?: boolean;
  submissionId: string;
}

/** Refuses work that was handed in, with a reason that the rater reads. Errors: INVALID_INPUT, ILLEGAL_TRANSITION. */
export async function rejectAssignment(
  ctx: ServiceContext,
  actor: Actor,
  { assignmentId, submissionId, reusePlace, ...args }: RejectAssignmentArgs,
): Promise<ActionResult> {
  const reason = checkNote("reason", args.reason, "Tell the rater why.");
  const body = { reason, reusePlace: reusePlace ?? null };
  return actOnAssignment(
    ctx,
    actor,
    { useCase: "reject-assignment", assignmentId, submissionId, body },
    (_tx, target) => {
      const keepsPlace = !(reusePlace ?? target.settings.reuseRejectedPlaces);
      return target.move(
        {
          event: "reject",
          eventType: "assignment.rejected",
          set: { reviewedBy: actor.userId, reviewedAtMs: ctx.now(), reviewNote: reason, keepsPlace },
          data: { reason },
        },
        { reason, keepsPlace },
      );
    },
  );
}
