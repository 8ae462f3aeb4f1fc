import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { Phase } from "../../domain/phase.ts";
import { mergeReport, NO_WORK_TIME, sumWorkTime, type WorkTime } from "../../domain/work-time.ts";
import type { ServiceContext } from "../context.ts";
import { lockSession } from "./load-session.ts";
import { touchWriter } from "./touch-writer.ts";

/** Most time that a first report may claim for what came before it. */
const FIRST_REPORT_MS = 60_000;

export interface RecordWorkTimeArgs {
  assignmentId: string;
  writerId: string;
  writerToken: number;
  phase: Phase;
  /** 1-based; null outside turns. */
  turnNumber: number | null;
  /** This tab's counters for this phase and turn since it was opened: not what came since the last report. */
  time: WorkTime;
}

/**
 * Stores what the active tab measured; other tabs are refused (WRITER_MOVED), so that no second counts twice. Also a sign
 * of life of that tab. Errors: NOT_FOUND, WRITER_MOVED.
 */
export async function recordWorkTime(
  ctx: ServiceContext,
  actor: Actor,
  args: RecordWorkTimeArgs,
): Promise<void> {
  assertCapability(actor, "rate");
  const turnIndex = args.turnNumber === null ? -1 : args.turnNumber - 1;
  await ctx.store.tx(async (tx) => {
    const session = await lockSession(ctx, tx, actor, args.assignmentId);
    await touchWriter(ctx, tx, session, args.writerToken);
    const { workTimes, choices, turns } = ctx.store.t;
    const ofTurn = and(
      eq(workTimes.assignmentId, args.assignmentId),
      eq(workTimes.phase, args.phase),
      eq(workTimes.turnIndex, turnIndex),
    );
    const rows = await tx.select().from(workTimes).where(ofTurn);
    const mine = rows.find((row) => row.writerId === args.writerId);
    const now = ctx.now();
    const firstAtMs = mine?.firstAtMs ?? now - FIRST_REPORT_MS;
    const merged = mergeReport(mine ?? NO_WORK_TIME, args.time, now - firstAtMs);
    const values = {
      activeMs: merged.activeMs,
      idleMs: merged.idleMs,
      waitingMs: merged.waitingMs,
      updatedAtMs: now,
    };
    await tx
      .insert(workTimes)
      .values({
        assignmentId: args.assignmentId,
        writerId: args.writerId,
        phase: args.phase,
        turnIndex,
        firstAtMs,
        ...values,
      })
      .onConflictDoUpdate({
        target: [workTimes.assignmentId, workTimes.writerId, workTimes.phase, workTimes.turnIndex],
        set: values,
      });
    if (args.phase !== "interaction" || turnIndex < 0) return;
    // The last report of a turn comes with its choice or just after it.
    const total = sumWorkTime([...rows.filter((row) => row !== mine), merged]);
    const [turn] = await tx
      .select({ id: turns.id })
      .from(turns)
      .where(and(eq(turns.trajectoryId, session.trajectory.id), eq(turns.turnIndex, turnIndex)));
    if (!turn) return;
    await tx
      .update(choices)
      .set({ activeMs: total.activeMs, idleMs: total.idleMs })
      .where(eq(choices.turnId, turn.id));
  });
}
