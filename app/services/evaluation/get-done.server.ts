import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { DoneView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";

/** Thanks, with the completion code; only after everything was handed in. */
export async function getDone(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<DoneView> {
  const { header, assignment } = await openSession(ctx, actor, args.assignmentId);
  if (assignment.submittedAtMs === null) {
    throw new RequestError("WRONG_PHASE", "This task is not finished yet.");
  }
  return {
    ...header,
    completionCode: assignment.completionCode,
    submittedAtMs: assignment.submittedAtMs,
  };
}
