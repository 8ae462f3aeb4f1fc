import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { DoneView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { completionCodeOf } from "../recruitment/completion-code.ts";
import { exitOf } from "../recruitment/exit-of.ts";
import { openSession } from "../trajectory/rater-step.ts";

/** Thanks, with the completion code and the way back; only after everything was found complete and handed in. */
export async function getDone(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<DoneView> {
  const session = await openSession(ctx, actor, args.assignmentId);
  const { header, assignment, trajectory } = session;
  if (assignment.submittedAtMs === null || trajectory.phase !== "done") {
    throw new RequestError("WRONG_PHASE", "This task is not finished yet.");
  }
  const code = completionCodeOf(session);
  return {
    ...header,
    completionCode: code,
    submittedAtMs: assignment.submittedAtMs,
    exit: await exitOf(ctx, ctx.store.read, actor, session, { kind: "completed", code }),
  };
}
