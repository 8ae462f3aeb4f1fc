import { and, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { nextPhase } from "../../domain/phase.ts";
import { cleanLine, initialPromptProblem } from "../../domain/text.ts";
import type { ServiceContext } from "../context.ts";
import { requestTurn } from "../generation/request-turn.ts";
import { screenText } from "../generation/screen-text.ts";
import { drawArm } from "./draw-arm.ts";
import { sessionEvent, submitStep } from "./rater-step.ts";
import { refuseBlocked } from "./refuse-blocked.ts";

export interface SubmitInitialPromptArgs {
  assignmentId: string;
  submissionId: string;
  prompt: string;
}

/**
 * Takes the initial prompt (paper B.1: at most 12 words), draws the arm, and asks for the first slate. Where the study
 * gives the prompt, that one counts, whatever was sent.
 * Errors: INVALID_INPUT with `fields.prompt`, WRONG_PHASE, ASSIGNMENT_NOT_LIVE, NOT_FOUND.
 */
export async function submitInitialPrompt(
  ctx: ServiceContext,
  actor: Actor,
  args: SubmitInitialPromptArgs,
): Promise<{ turnNumber: number }> {
  const prompt = cleanLine(args.prompt);
  const stopped = await screenText(ctx, prompt);
  if (stopped) {
    await refuseBlocked(ctx, actor, args.assignmentId, {
      subject: "prompt",
      field: "prompt",
      text: prompt,
      stopped,
    });
  }
  const result = await submitStep(
    ctx,
    actor,
    {
      useCase: "submit-initial-prompt",
      assignmentId: args.assignmentId,
      submissionId: args.submissionId,
      phases: ["prompt"],
      body: { prompt },
    },
    async (tx, session) => {
      const { trajectory, settings } = session;
      const isGiven = settings.prompts.mode === "given";
      const initialPrompt = isGiven ? trajectory.promptCue : prompt;
      const problem = isGiven ? null : initialPromptProblem(prompt, settings.initialPromptMaxWords);
      if (problem) throw new RequestError("INVALID_INPUT", problem, { prompt: problem });
      const phase = nextPhase(trajectory.phase, { type: "submit_prompt" }, settings.optionalPhases);
      if (phase === null) throw new RequestError("WRONG_PHASE", "The prompt was already sent.");
      const arm = await drawArm(ctx, tx, {
        studyId: trajectory.studyId,
        studyVersion: trajectory.studyVersion,
        raterId: trajectory.raterId,
        trajectoryId: trajectory.id,
        level: settings.allocationLevel,
      });
      const { trajectories } = ctx.store.t;
      await tx
        .update(trajectories)
        .set({
          phase,
          initialPrompt,
          promptSubmittedAtMs: ctx.now(),
          armId: arm.armId,
          armProbability: arm.probability,
        })
        .where(and(eq(trajectories.id, trajectory.id), eq(trajectories.phase, trajectory.phase)));
      await sessionEvent(ctx, tx, session, { type: "prompt.submitted" });
      await requestTurn(ctx, tx, { ...trajectory, initialPrompt, armId: arm.armId }, settings, 0);
      return { turnNumber: 1 };
    },
  );
  ctx.wakeWorker();
  return result;
}
