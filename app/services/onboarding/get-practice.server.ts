import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { PracticeView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";

/** The practice turn; once the prompt is sent it lies behind (WRONG_PHASE). */
export async function getPractice(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<PracticeView> {
  const { header, settings } = await openSession(ctx, actor, args.assignmentId);
  const isOffered = settings.optionalPhases.includes("practice");
  if (!isOffered || (header.phase !== "practice" && header.phase !== "prompt")) {
    throw new RequestError("WRONG_PHASE", "The practice turn comes before the prompt.");
  }
  return header;
}
