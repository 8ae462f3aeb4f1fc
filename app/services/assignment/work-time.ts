import { count, inArray, sum } from "drizzle-orm";
import type { AnyReader, ServiceContext } from "../context.ts";

export interface WorkTime {
  chosenTurns: number;
  /** Active and waiting time of the turns; null when a turn was not measured. */
  workMs: number | null;
}

/** How far trajectories got, and how long that took, by trajectory id. Those without a choice are left out. */
export async function workTimeOf(
  ctx: ServiceContext,
  reader: AnyReader,
  trajectoryIds: string[],
): Promise<Map<string, WorkTime>> {
  if (trajectoryIds.length === 0) return new Map();
  const { choices } = ctx.store.t;
  const rows = await reader
    .select({
      id: choices.trajectoryId,
      chosenTurns: count().mapWith(Number),
      measured: count(choices.activeMs).mapWith(Number),
      activeMs: sum(choices.activeMs).mapWith(Number),
      waitingMs: sum(choices.waitingMs).mapWith(Number),
    })
    .from(choices)
    .where(inArray(choices.trajectoryId, trajectoryIds))
    .groupBy(choices.trajectoryId);
  return new Map(
    rows.map(({ id, chosenTurns, measured, activeMs, waitingMs }) => [
      id,
      { chosenTurns, workMs: measured < chosenTurns ? null : (activeMs ?? 0) + (waitingMs ?? 0) },
    ]),
  );
}
