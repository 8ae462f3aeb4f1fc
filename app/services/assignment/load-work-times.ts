import { and, eq, inArray, sum } from "drizzle-orm";
import { NO_WORK_TIME, type WorkTime } from "../../domain/work-time.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

/** Measured time of whole assignments, by id; an assignment without scripts or without work is absent. */
export async function loadWorkTimes(
  ctx: ServiceContext,
  reader: AnyReader,
  assignmentIds: readonly string[],
): Promise<Map<string, WorkTime>> {
  if (assignmentIds.length === 0) return new Map();
  const { workTimes } = ctx.store.t;
  const rows = await reader
    .select({
      assignmentId: workTimes.assignmentId,
      activeMs: sum(workTimes.activeMs).mapWith(Number),
      idleMs: sum(workTimes.idleMs).mapWith(Number),
      waitingMs: sum(workTimes.waitingMs).mapWith(Number),
    })
    .from(workTimes)
    .where(inArray(workTimes.assignmentId, [...assignmentIds]))
    .groupBy(workTimes.assignmentId);
  return new Map(rows.map(({ assignmentId, ...time }) => [assignmentId, time]));
}

/** Measured time of one turn of the interaction phase. */
export async function workTimeOfTurn(
  ctx: ServiceContext,
  reader: AnyReader,
  assignmentId: string,
  turnIndex: number,
): Promise<WorkTime | null> {
  const { workTimes } = ctx.store.t;
  const [row] = await reader
    .select({
      activeMs: sum(workTimes.activeMs).mapWith(Number),
      idleMs: sum(workTimes.idleMs).mapWith(Number),
      waitingMs: sum(workTimes.waitingMs).mapWith(Number),
    })
    .from(workTimes)
    .where(
      and(
        eq(workTimes.assignmentId, assignmentId),
        eq(workTimes.phase, "interaction"),
        eq(workTimes.turnIndex, turnIndex),
      ),
    );
  return row?.activeMs == null ? null : { ...NO_WORK_TIME, ...row };
}
