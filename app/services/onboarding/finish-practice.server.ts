import type { Actor } from "../../domain/actor.ts";
import { PHASES } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { submitStep } from "../trajectory/rater-step.ts";
import { advancePhase } from "./advance-phase.ts";
import { practiceEvent } from "./practice.ts";

/** The rater has practised enough and goes on to the prompt. */
export async function finishPractice(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string },
): Promise<SessionHeader> {
  return submitStep(
    ctx,
    actor,
    {
      useCase: "finish-practice",
      ...args,
      phases: [...PHASES],
      body: {},
      already: ({ trajectory, header }) => (trajectory.phase === "practice" ? null : header),
    },
    async (tx, session) => {
      await practiceEvent(ctx, tx, session, { type: "practice.finished" });
      return (await advancePhase(ctx, tx, session, { type: "finish_practice" })) ?? session.header;
    },
  );
}
