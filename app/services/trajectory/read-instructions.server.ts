import { and, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { nextPhase } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession, sessionEvent, submitStep } from "./rater-step.ts";

/** The rater has read the instructions and goes on. Reading them again later changes nothing. */
export async function readInstructions(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<SessionHeader> {
  const session = await openSession(ctx, actor, args.assignmentId);
  if (session.trajectory.phase !== "instructions") return session.header;
  return submitStep(
    ctx,
    actor,
    { useCase: "read-instructions", ...args, phases: ["instructions", "prompt"], body: {} },
    async (tx, locked) => {
      const { trajectory, settings, header } = locked;
      const phase = nextPhase(trajectory.phase, { type: "read_instructions" }, settings.optionalPhases);
      // Another tab was faster.
      if (phase === null) return header;
      const { trajectories } = ctx.store.t;
      await tx
        .update(trajectories)
        .set({ phase })
        .where(and(eq(trajectories.id, trajectory.id), eq(trajectories.phase, trajectory.phase)));
      await sessionEvent(ctx, tx, locked, { type: "instructions.read" });
      return { ...header, phase };
    },
  );
}
