import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { transitionAssignment } from "../../domain/assignment.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { lockSession } from "./load-session.ts";

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
      const move = transitionAssignment(assignment.status, { type: "return" });
      if (move.kind === "refused") {
        throw new RequestError(
          "ASSIGNMENT_NOT_LIVE",
          `This task is ${assignment.status}; it cannot be given back.`,
        );
      }
      const { assignments } = ctx.store.t;
      await tx
        .update(assignments)
        .set({ status: move.to, updatedAtMs: ctx.now() })
        .where(and(eq(assignments.id, assignment.id), eq(assignments.status, assignment.status)));
      await recordEvent(ctx, tx, {
        type: "assignment.returned",
        studyId: assignment.studyId,
        raterId: assignment.raterId,
        assignmentId: assignment.id,
        trajectoryId: trajectory.id,
      });
      return { status: "returned" as const };
    },
  );
}
