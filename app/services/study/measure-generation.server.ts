import { and, count, desc, eq, inArray, isNotNull } from "drizzle-orm";
import type { StudyMonitorView } from "../../domain/staff-views.ts";
import type { StepStatus } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";

/** Trajectories looked at for the latest turns: keeps the query small however large the study. */
const RECENT_TRAJECTORIES = 50;
const TURNS_MEASURED = 50;

/** The study's generation queue, and the median time that its last 50 ready turns took. */
export async function measureGeneration(
  ctx: ServiceContext,
  args: { studyId: string },
): Promise<StudyMonitorView["generation"]> {
  const { generationSteps, trajectories } = ctx.store.t;
  const [steps, medianTurnMs] = await Promise.all([
    ctx.store.read
      .select({ status: generationSteps.status, n: count() })
      .from(generationSteps)
      .innerJoin(trajectories, eq(trajectories.id, generationSteps.trajectoryId))
      .where(
        and(
          inArray(generationSteps.status, ["pending", "running", "failed"]),
          eq(trajectories.studyId, args.studyId),
        ),
      )
      .groupBy(generationSteps.status),
    medianOfLatestTurns(ctx, args.studyId),
  ]);
  const of = (status: StepStatus) => steps.find((s) => s.status === status)?.n ?? 0;
  return { waiting: of("pending"), running: of("running"), failed: of("failed"), medianTurnMs };
}

/** Median time in ms that the study's latest ready turns took; null before there are any. */
export async function medianOfLatestTurns(ctx: ServiceContext, studyId: string): Promise<number | null> {
  const { trajectories, turns } = ctx.store.t;
  const recent = ctx.store.read
    .select({ id: trajectories.id })
    .from(trajectories)
    .where(and(eq(trajectories.studyId, studyId), isNotNull(trajectories.promptSubmittedAtMs)))
    .orderBy(desc(trajectories.startedAtMs))
    .limit(RECENT_TRAJECTORIES)
    .as("recent");
  const rows = await ctx.store.read
    .select({ requestedAtMs: turns.requestedAtMs, readyAtMs: turns.readyAtMs })
    .from(turns)
    .innerJoin(recent, eq(recent.id, turns.trajectoryId))
    .where(isNotNull(turns.readyAtMs))
    .orderBy(desc(turns.readyAtMs))
    .limit(TURNS_MEASURED);
  const durations = rows.map((r) => (r.readyAtMs ?? r.requestedAtMs) - r.requestedAtMs).sort((a, b) => a - b);
  const middle = durations.length >> 1;
  if (durations.length === 0) return null;
  const upper = durations[middle] as number;
  return durations.length % 2 === 1 ? upper : Math.round(((durations[middle - 1] as number) + upper) / 2);
}
