import type { Actor } from "../../domain/actor.ts";
import { loadSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { loadTurn } from "./load-turn.ts";

/** The id of a turn of the rater's own session. Throws NOT_FOUND. */
export async function findTurnId(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number },
): Promise<string> {
  const session = await loadSession(ctx, ctx.store.read, actor, args.assignmentId);
  return (await loadTurn(ctx, ctx.store.read, session, args.turnNumber)).id;
}
