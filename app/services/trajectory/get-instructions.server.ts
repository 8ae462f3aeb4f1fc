import type { Actor } from "../../domain/actor.ts";
import type { InstructionsView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "./rater-step.ts";

/** The instructions page; can be read again at any time. */
export async function getInstructions(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<InstructionsView> {
  const { header, settings } = await openSession(ctx, actor, args.assignmentId);
  return {
    ...header,
    adultContentNotice: settings.adultContentNotice,
    welcomeText: settings.welcomeText,
    initialPromptMaxWords: settings.initialPromptMaxWords,
    critiqueMaxWords: settings.critiqueMaxWords,
  };
}
