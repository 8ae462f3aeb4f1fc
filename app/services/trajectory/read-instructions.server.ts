import type { Actor } from "../../domain/actor.ts";
import { PHASES } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { advancePhase } from "../onboarding/advance-phase.ts";
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
    { useCase: "read-instructions", ...args, phases: [...PHASES], body: {} },
    async (tx, locked) => {
      const moved = await advancePhase(ctx, tx, locked, { type: "read_instructions" });
      // Another tab was faster.
      if (moved === null) return locked.header;
      await sessionEvent(ctx, tx, locked, { type: "instructions.read" });
      return moved;
    },
  );
}
