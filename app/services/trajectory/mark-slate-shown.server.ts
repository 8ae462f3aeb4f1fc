import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";
import { loadTurn } from "./load-turn.ts";
import { openSession, sessionEvent } from "./rater-step.ts";

/** The whole slate is on the rater's screen. Only the first time counts. */
export async function markSlateShown(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number },
): Promise<{ shown: true }> {
  const session = await openSession(ctx, actor, args.assignmentId);
  const turn = await loadTurn(ctx, ctx.store.read, session, args.turnNumber);
  if (turn.status !== "ready") return { shown: true };
  await ctx.store.tx(async (tx) => {
    const { slates } = ctx.store.t;
    const first = await tx
      .update(slates)
      .set({ shownAtMs: ctx.now() })
      .where(and(eq(slates.turnId, turn.id), isNull(slates.shownAtMs)))
      .returning({ turnId: slates.turnId });
    if (first.length > 0) await sessionEvent(ctx, tx, session, { type: "slate.shown", turnId: turn.id });
  });
  return { shown: true };
}
