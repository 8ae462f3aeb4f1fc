import type { Actor } from "../../domain/actor.ts";
import type { TurnProgress } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { countImages, openTurn } from "./load-turn.ts";
import { openSession } from "./rater-step.ts";

/** How far the slate of a turn is; asked again and again while the rater waits. */
export async function getTurnProgress(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number },
): Promise<TurnProgress> {
  const session = await openSession(ctx, actor, args.assignmentId);
  const turn = await openTurn(ctx, session, args.turnNumber);
  return { status: turn.status, ...(await countImages(ctx, ctx.store.read, session, turn.id)) };
}
