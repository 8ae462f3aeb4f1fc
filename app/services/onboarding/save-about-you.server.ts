import { readAboutYou } from "../../domain/about-you.ts";
import type { Actor } from "../../domain/actor.ts";
import { PHASES } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { sessionEvent, submitStep } from "../trajectory/rater-step.ts";
import { advancePhase } from "./advance-phase.ts";
import { storeAboutYou } from "./store-about-you.ts";

export interface SaveAboutYouArgs {
  assignmentId: string;
  submissionId: string;
  /** Value per question; whatever is none of a question's options counts as left blank. */
  answers: Record<string, string>;
}

/** Stores the answers of the phase about_you, all of them optional, and goes on. */
export async function saveAboutYou(
  ctx: ServiceContext,
  actor: Actor,
  args: SaveAboutYouArgs,
): Promise<SessionHeader> {
  return submitStep(
    ctx,
    actor,
    {
      useCase: "save-about-you",
      assignmentId: args.assignmentId,
      submissionId: args.submissionId,
      phases: [...PHASES],
      body: { answers: args.answers },
      already: ({ trajectory, header }) => (trajectory.phase === "about_you" ? null : header),
    },
    async (tx, session) => {
      const answers = readAboutYou(session.settings.aboutYouQuestions, (q) => args.answers[q] ?? "");
      await storeAboutYou(ctx, tx, { raterId: session.assignment.raterId, answers });
      // The answers stay in the profile alone: an event would outlive a change of mind.
      await sessionEvent(ctx, tx, session, { type: "about_you.saved" });
      return (await advancePhase(ctx, tx, session, { type: "save_about_you" })) ?? session.header;
    },
  );
}
