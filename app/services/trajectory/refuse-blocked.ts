import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { SafetySubject } from "../../domain/vocabulary.ts";
import { loadSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { recordBlock, type Stopped } from "../generation/screen-text.ts";

const MESSAGES: Record<"prompt" | "critique", string> = {
  prompt:
    "This prompt cannot be used in this study: it may lead to sexual, violent or hateful images. Please describe something else; what you typed is still here.",
  critique:
    "This remark cannot be used in this study: it may lead to sexual, violent or hateful images. Please change it or leave it empty.",
};

/** Records what a filter stopped, and refuses it kindly beside its field. Always throws INVALID_INPUT. */
export async function refuseBlocked(
  ctx: ServiceContext,
  actor: Actor,
  assignmentId: string,
  block: {
    subject: Extract<SafetySubject, "prompt" | "critique">;
    field: string;
    text: string;
    stopped: Stopped;
  },
): Promise<never> {
  const { trajectory } = await loadSession(ctx, ctx.store.read, actor, assignmentId);
  const { subject, text, stopped } = block;
  await ctx.store.tx((tx) =>
    recordBlock(ctx, tx, {
      studyId: trajectory.studyId,
      trajectoryId: trajectory.id,
      turnId: null,
      subject,
      text,
      ...stopped,
    }),
  );
  throw new RequestError("INVALID_INPUT", MESSAGES[subject], { [block.field]: MESSAGES[subject] });
}
