import { count, countDistinct, eq } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

export interface FunnelStage {
  stage: string;
  count: number;
}

/** How many trajectories of a study got to each stage: started → prompt → T1…TH → evaluation → done. */
export async function countFunnel(
  ctx: ServiceContext,
  args: { studyId: string; horizon: number },
): Promise<FunnelStage[]> {
  const { trajectories, turnEvaluations } = ctx.store.t;
  const inStudy = eq(trajectories.studyId, args.studyId);
  const [whole, byChosenTurns, evaluating] = await Promise.all([
    ctx.store.read
      .select({
        started: count(),
        prompt: count(trajectories.promptSubmittedAtMs),
        done: count(trajectories.completedAtMs),
      })
      .from(trajectories)
      .where(inStudy),
    ctx.store.read
      .select({ chosenTurns: trajectories.chosenTurns, n: count() })
      .from(trajectories)
      .where(inStudy)
      .groupBy(trajectories.chosenTurns),
    ctx.store.read
      .select({ n: countDistinct(turnEvaluations.trajectoryId) })
      .from(trajectories)
      .innerJoin(turnEvaluations, eq(turnEvaluations.trajectoryId, trajectories.id))
      .where(inStudy),
  ]);
  // Turns are chosen in order, so n choices mean that turns 1…n were.
  const reached = (turnNumber: number) =>
    byChosenTurns.filter((r) => r.chosenTurns >= turnNumber).reduce((sum, r) => sum + r.n, 0);
  return [
    { stage: "Started", count: whole[0]?.started ?? 0 },
    { stage: "Prompt", count: whole[0]?.prompt ?? 0 },
    ...Array.from({ length: args.horizon }, (_, i) => ({ stage: `Turn ${i + 1}`, count: reached(i + 1) })),
    { stage: "Evaluation", count: evaluating[0]?.n ?? 0 },
    { stage: "Done", count: whole[0]?.done ?? 0 },
  ];
}
