import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { lockSession } from "./load-session.ts";
import { moveAssignment } from "./move-assignment.ts";

/** The rater gives the task back, without penalty. The place is free at once; what was done is kept. */
export async function returnAssignment(
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
      useCase: "return-assignment",
      body: { assignmentId: args.assignmentId },
    },
    async (tx) => {
      const { assignment, trajectory } = await lockSession(ctx, tx, actor, args.assignmentId);
      const status = await moveAssignment(ctx, tx, assignment, {
        event: "return",
        eventType: assignment.status === "offered" ? "assignment.declined" : "assignment.returned",
        trajectoryId: trajectory.id,
      });
      if (!status) {
        throw new RequestError(
          "ASSIGNMENT_NOT_LIVE",
          `This task is ${assignment.status}; it cannot be given back.`,
        );
      }
      return { status: "returned" as const };
    },
  );
}
