import { and, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { transitionAssignment } from "../../domain/assignment.ts";
import { RequestError } from "../../domain/errors.ts";
import { nextPhase } from "../../domain/phase.ts";
import type { ServiceContext } from "../context.ts";
import { completionCodeOf } from "../recruitment/completion-code.ts";
import { sessionEvent, submitStep } from "../trajectory/rater-step.ts";
import { loadEvaluation } from "./load-evaluation.ts";

/**
 * "End Task" (paper B.2): hands in all turns at once, or names the first thing that is missing
 * (EVALUATION_INCOMPLETE; `fields` by turn). Sending it again after success returns the same code.
 */
export async function submitEvaluation(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<{ completionCode: string }> {
  return submitStep(
    ctx,
    actor,
    {
      useCase: "submit-evaluation",
      assignmentId: args.assignmentId,
      submissionId: args.submissionId,
      phases: ["evaluation"],
      body: {},
      already: (session) =>
        session.trajectory.phase === "done" ? { completionCode: completionCodeOf(session) } : null,
    },
    async (tx, session) => {
      const { assignment, trajectory, settings } = session;
      const evaluated = await loadEvaluation(ctx, tx, session);
      const incomplete = evaluated.filter((t) => t.missing.length > 0);
      if (incomplete.length > 0 || evaluated.length !== settings.horizon) {
        const missing = incomplete.reduce((n, t) => n + t.missing.length, 0);
        throw new RequestError(
          "EVALUATION_INCOMPLETE",
          missing === 1 ? "One answer is still missing." : `${missing} answers are still missing.`,
          Object.fromEntries(
            incomplete.map((t) => [
              `turn:${t.turnIndex + 1}`,
              t.missing[0]?.message ?? "Answers are missing.",
            ]),
          ),
        );
      }
      const phase = nextPhase(trajectory.phase, { type: "submit_evaluation" }, settings.optionalPhases);
      const move = transitionAssignment(assignment.status, { type: "submit" });
      if (phase === null || move.kind === "refused") {
        throw new RequestError(
          "ASSIGNMENT_NOT_LIVE",
          `This task is ${assignment.status}; it cannot be handed in.`,
        );
      }
      const now = ctx.now();
      const { assignments, trajectories } = ctx.store.t;
      await tx
        .update(assignments)
        .set({ status: move.to, submittedAtMs: now, remindAtMs: null, updatedAtMs: now })
        .where(and(eq(assignments.id, assignment.id), eq(assignments.status, assignment.status)));
      await tx
        .update(trajectories)
        .set({ phase, completedAtMs: now })
        .where(and(eq(trajectories.id, trajectory.id), eq(trajectories.phase, trajectory.phase)));
      await sessionEvent(ctx, tx, session, { type: "assignment.submitted" });
      return { completionCode: completionCodeOf(session) };
    },
  );
}
