import type { Actor } from "../../domain/actor.ts";
import type { PromptView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "./rater-step.ts";
import { readFields } from "./saved-fields.ts";

/** The page on which the initial prompt is typed. */
export async function getPrompt(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<PromptView> {
  const { header, settings, trajectory } = await openSession(ctx, actor, args.assignmentId);
  const saved = await readFields(ctx, ctx.store.read, args.assignmentId, { names: ["prompt"] });
  return {
    ...header,
    promptMode: settings.prompts.mode,
    promptCue: trajectory.promptCue,
    maxWords: settings.initialPromptMaxWords,
    draft: saved.prompt?.value ?? "",
    saved,
  };
}
