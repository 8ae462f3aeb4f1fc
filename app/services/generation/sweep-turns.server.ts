import { and, eq, inArray, isNotNull, lte, notInArray } from "drizzle-orm";
import { LIVE_STATUSES } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { failTurn } from "./fail-turn.ts";

/** Turns ended in one go. */
const BATCH = 100;
const UNDER_WAY = ["proposing", "rendering"] as const;

/**
 * For a timer: turns past their deadline fail, and so do those whose rater has left (returned, expired, withdrawn); either
 * way they can be taken up again. Returns how many were ended.
 */
export async function sweepTurns(ctx: ServiceContext): Promise<number> {
  const { turns, trajectories, assignments } = ctx.store.t;
  // Reading first keeps an idle worker from writing.
  const overdue = await ctx.store.read
    .select({ id: turns.id })
    .from(turns)
    .where(
      and(
        inArray(turns.status, [...UNDER_WAY]),
        isNotNull(turns.deadlineAtMs),
        lte(turns.deadlineAtMs, ctx.now()),
      ),
    )
    .limit(BATCH);
  const left = await ctx.store.read
    .select({ id: turns.id })
    .from(turns)
    .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .where(and(inArray(turns.status, [...UNDER_WAY]), notInArray(assignments.status, [...LIVE_STATUSES])))
    .limit(BATCH);
  let ended = 0;
  for (const { id } of left) if (await cancelTurn(ctx, id)) ended += 1;
  for (const { id } of overdue) if (await failOverdueTurn(ctx, id)) ended += 1;
  return ended;
}

/** Ends one turn if its deadline has passed, also where no worker is alive to do so. */
export async function failOverdueTurn(ctx: ServiceContext, turnId: string): Promise<boolean> {
  const { turns } = ctx.store.t;
  return ctx.store.tx(async (tx) => {
    const [turn] = await tx.forUpdate(tx.select().from(turns).where(eq(turns.id, turnId)));
    if (!turn?.deadlineAtMs || turn.deadlineAtMs > ctx.now()) return false;
    const message = `Not ready by its deadline, ${Math.round((turn.deadlineAtMs - turn.requestedAtMs) / 1000)} s after it was asked for.`;
    return failTurn(ctx, tx, turnId, { kind: "deadline", message });
  });
}

/** Ends the generation of a turn whose rater has left: nothing more is asked of any model for it. */
export async function cancelTurn(ctx: ServiceContext, turnId: string): Promise<boolean> {
  const why = { kind: "cancelled", message: "The rater left before the slate was ready." } as const;
  return ctx.store.tx((tx) => failTurn(ctx, tx, turnId, why));
}
