import { count, inArray } from "drizzle-orm";
import type { TurnStatus } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";

/** How far trajectories got: choices made, and the state of the latest turn. Those without a turn are absent. */
export async function latestTurns(ctx: ServiceContext, trajectoryIds: string[]) {
  const out = new Map<string, { chosen: number; latest: TurnStatus | null; latestIndex: number }>();
  if (trajectoryIds.length === 0) return out;
  const { turns, choices } = ctx.store.t;
  const [turnRows, choiceRows] = await Promise.all([
    ctx.store.read
      .select({ trajectoryId: turns.trajectoryId, turnIndex: turns.turnIndex, status: turns.status })
      .from(turns)
      .where(inArray(turns.trajectoryId, trajectoryIds)),
    ctx.store.read
      .select({ trajectoryId: choices.trajectoryId, n: count() })
      .from(choices)
      .where(inArray(choices.trajectoryId, trajectoryIds))
      .groupBy(choices.trajectoryId),
  ]);
  for (const row of turnRows) {
    const known = out.get(row.trajectoryId);
    if (known && known.latestIndex > row.turnIndex) continue;
    out.set(row.trajectoryId, { chosen: 0, latest: row.status, latestIndex: row.turnIndex });
  }
  for (const row of choiceRows) {
    const known = out.get(row.trajectoryId);
    if (known) known.chosen = row.n;
  }
  return out;
}
