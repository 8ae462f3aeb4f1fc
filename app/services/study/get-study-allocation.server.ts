import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { BLOCK_MULTIPLE_MAX } from "../../domain/allocation.ts";
import type { AllocationView } from "../../domain/allocation-view.ts";
import { byLetter } from "../../domain/arm-mask.ts";
import { expectedByWeights, sampleRatio } from "../../domain/sample-ratio.ts";
import { wilsonInterval } from "../../domain/wilson.ts";
import type { ServiceContext } from "../context.ts";
import { chiSquareTail } from "./chi-square-tail.ts";
import { type ArmStageCounts, countArmStages } from "./count-arm-stages.ts";
import { getStudyState } from "./get-study-state.server.ts";
import { findLargestImbalance, listStrata } from "./list-strata.ts";
import { loadArmMask } from "./load-arm-mask.ts";

/** How trajectories are spread over the arms, whether the spread fits the weights, and where arms lose raters. */
export async function getStudyAllocation(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; cursor?: string | null },
): Promise<AllocationView> {
  assertCapability(actor, "study.read");
  const { studyId, cursor } = args;
  const { read } = ctx.store;
  const { study, settings } = await getStudyState(ctx, read, studyId);
  const version = study.currentVersion;
  const { horizon, allocationLevel: level } = settings;
  const mask = await loadArmMask(ctx, read, actor, studyId);
  const { arms: armTable } = ctx.store.t;
  const [arms, counts, wasPaused, worst, strata] = await Promise.all([
    read.select().from(armTable).where(eq(armTable.studyId, studyId)),
    countArmStages(ctx, { studyId, horizon, unit: level }),
    wasAnyArmPaused(ctx, studyId),
    findLargestImbalance(ctx, { studyId, version }),
    listStrata(ctx, { studyId, version, level, mask, cursor }),
  ]);
  const countsOf = new Map(counts.map((row) => [row.armId, row]));
  // An arm that no version since has assigned is left out.
  const shown = arms
    .filter((arm) => arm.studyVersion === version || countsOf.has(arm.id))
    .map((arm) => ({ ...arm, letter: mask.letterOf(arm.armKey) }))
    .sort((a, b) => byLetter(a, b) || b.studyVersion - a.studyVersion);
  const letters = [...new Set(shown.map((arm) => arm.letter))];
  const sum = (letter: string, figure: (row: ArmStageCounts) => number) =>
    shown
      .filter((arm) => arm.letter === letter)
      .reduce((n, arm) => n + (countsOf.has(arm.id) ? figure(countsOf.get(arm.id) as ArmStageCounts) : 0), 0);
  // Arms of a version share what that version assigned, also those that were never drawn in it.
  const assignedVersions = new Set(arms.filter((arm) => countsOf.has(arm.id)).map((arm) => arm.studyVersion));
  const countedBy = (figure: (row: ArmStageCounts) => number) =>
    expectedByWeights(
      arms
        .filter((arm) => assignedVersions.has(arm.studyVersion))
        .map((arm) => {
          const row = countsOf.get(arm.id);
          const { studyVersion, armKey, weight } = arm;
          return { version: studyVersion, armKey, weight, count: row ? figure(row) : 0 };
        }),
    );
  const byTrajectories = countedBy((row) => row.completed.trajectories);
  const stages = [
    "Prompt",
    ...Array.from({ length: horizon }, (_, i) => `Turn ${i + 1}`),
    "Evaluation",
    "Done",
  ];
  return {
    studyId,
    version,
    level,
    armsHidden: mask.blind,
    unlockedAtMs: mask.unlockedAtMs,
    wasPaused: wasPaused || arms.some((arm) => arm.status === "paused"),
    arms: letters.map((letter) => {
      const arm = shown.find((a) => a.letter === letter) as (typeof shown)[number];
      return {
        letter,
        name: mask.nameOf(arm),
        status: arm.studyVersion === version ? arm.status : null,
        assigned: sum(letter, (row) => row.assigned),
        live: sum(letter, (row) => row.live),
        completed: sum(letter, (row) => row.completed.trajectories),
        expectedCompleted: byTrajectories.find((a) => a.armKey === arm.armKey)?.expected ?? 0,
      };
    }),
    completedCheck: sampleRatio(
      countedBy((row) => row.completed.units),
      chiSquareTail,
    ),
    stages: stages.map((stage, i) => ({
      stage,
      arms: letters.map((letter) => {
        const reached = sum(letter, (row) => row.stages[i]?.trajectories ?? 0);
        const ended = sum(letter, (row) => row.stages[0]?.trajectories ?? 0);
        return { reached, ended, interval: wilsonInterval(reached, ended) };
      }),
      check: sampleRatio(
        countedBy((row) => row.stages[i]?.units ?? 0),
        chiSquareTail,
      ),
    })),
    largestImbalance: worst && { ...worst, bound: BLOCK_MULTIPLE_MAX },
    strata,
  };
}

async function wasAnyArmPaused(ctx: ServiceContext, studyId: string): Promise<boolean> {
  const { auditLog } = ctx.store.t;
  const [entry] = await ctx.store.read
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectType, "study"),
        eq(auditLog.subjectId, studyId),
        eq(auditLog.action, "arm.paused"),
      ),
    )
    .limit(1);
  return entry !== undefined;
}
