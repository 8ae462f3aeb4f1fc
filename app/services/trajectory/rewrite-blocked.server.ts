import { and, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { cleanLine, critiqueProblem, initialPromptProblem } from "../../domain/text.ts";
import { countWords, expansionWordLimit } from "../../domain/words.ts";
import type { ServiceContext } from "../context.ts";
import { restartTurn } from "../generation/restart-turn.ts";
import { screenText } from "../generation/screen-text.ts";
import { loadTurn } from "./load-turn.ts";
import { sessionEvent, submitStep } from "./rater-step.ts";
import { refuseBlocked } from "./refuse-blocked.ts";

/**
 * A filter stopped a turn before there was a slate: the rater writes anew what it was made from. In turn 1 that is the
 * initial prompt (the arm stays as drawn), later the critique of the choice before. Events keep that it was changed, the
 * stopped text is with the filter's record. A turn that was not stopped, or has a slate, is left alone.
 * Errors: INVALID_INPUT with `fields.text`.
 */
export async function rewriteBlocked(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number; submissionId: string; text: string },
): Promise<{ rewritten: boolean }> {
  const text = cleanLine(args.text);
  const isPrompt = args.turnNumber === 1;
  const stopped = await screenText(ctx, text);
  if (stopped) {
    await refuseBlocked(ctx, actor, args.assignmentId, {
      subject: isPrompt ? "prompt" : "critique",
      field: "text",
      text,
      stopped,
    });
  }
  const result = await submitStep(
    ctx,
    actor,
    {
      useCase: "rewrite-blocked",
      assignmentId: args.assignmentId,
      submissionId: args.submissionId,
      phases: ["interaction"],
      body: { turnNumber: args.turnNumber, text },
    },
    async (tx, session) => {
      const { trajectory, settings } = session;
      const turn = await loadTurn(ctx, tx, session, args.turnNumber);
      const { turns, slates, choices, trajectories, generationSteps } = ctx.store.t;
      const hasSlate = (await tx.$count(slates, eq(slates.turnId, turn.id))) > 0;
      if (turn.status !== "failed" || turn.failureKind !== "blocked" || hasSlate) return { rewritten: false };
      const problem = isPrompt
        ? initialPromptProblem(text, settings.initialPromptMaxWords)
        : critiqueProblem(text, settings.critiqueMaxWords);
      if (problem) throw new RequestError("INVALID_INPUT", problem, { text: problem });
      if (isPrompt) {
        await tx.update(trajectories).set({ initialPrompt: text }).where(eq(trajectories.id, trajectory.id));
        const wordLimit = expansionWordLimit(
          countWords(text),
          turn.turnIndex,
          settings.horizon,
          settings.expansionMaxWords,
        );
        await tx.update(turns).set({ wordLimit }).where(eq(turns.id, turn.id));
      } else {
        const before = await loadTurn(ctx, tx, session, args.turnNumber - 1);
        await tx
          .update(choices)
          .set({ critique: text, critiqueSentToAgent: text })
          .where(eq(choices.turnId, before.id));
      }
      // What was proposed for the old text must not be used for the new one.
      await tx
        .update(generationSteps)
        .set({ proposed: null })
        .where(and(eq(generationSteps.turnId, turn.id), eq(generationSteps.kind, "propose")));
      await restartTurn(ctx, tx, turn.id, settings);
      await sessionEvent(ctx, tx, session, {
        type: isPrompt ? "prompt.rewritten" : "critique.rewritten",
        turnId: turn.id,
      });
      return { rewritten: true };
    },
  );
  ctx.wakeWorker();
  return result;
}
