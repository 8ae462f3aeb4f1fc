import { asc, desc, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ReplayView } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { loadArmMask } from "../study/load-arm-mask.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { loadReplayTurns } from "./load-replay-turns.ts";

const EVENTS_MAX = 1000;

/**
 * One trajectory turn by turn, with prompts, candidates, scores and seeds. For staff only: raters never see any of it.
 * Every look is written to the audit log, with whether its reader may know arms. To those who may not, the arm's name,
 * agent and model are left out; prompts and candidates, which a replay is for, can still tell an arm.
 */
export async function getReplay(
  ctx: ServiceContext,
  actor: Actor,
  args: { trajectoryId: string },
): Promise<ReplayView> {
  assertCapability(actor, "trajectory.replay");
  const { trajectoryId } = args;
  const { trajectories, studies, assignments, arms, events } = ctx.store.t;
  const { read } = ctx.store;
  const [row] = await read
    .select({
      trajectory: trajectories,
      studyName: studies.name,
      status: assignments.status,
      arm: arms,
    })
    .from(trajectories)
    .innerJoin(studies, eq(studies.id, trajectories.studyId))
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .leftJoin(arms, eq(arms.id, trajectories.armId))
    .where(eq(trajectories.id, trajectoryId));
  if (!row) throw notFound("trajectory");
  const { trajectory, arm } = row;
  const mask = await loadArmMask(ctx, read, actor, trajectory.studyId);
  const [turns, eventRows, agent, settings] = await Promise.all([
    loadReplayTurns(ctx, trajectoryId),
    read
      .select({ atMs: events.atMs, type: events.type, data: events.data })
      .from(events)
      .where(eq(events.trajectoryId, trajectoryId))
      .orderBy(asc(events.id))
      .limit(EVENTS_MAX),
    latestAgent(ctx, trajectoryId),
    settingsOfVersion(ctx, read, trajectory.studyId, trajectory.studyVersion),
  ]);
  await ctx.store.tx((tx) =>
    recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "trajectory.replayed",
      subjectType: "trajectory",
      subjectId: trajectoryId,
      data: { blind: mask.blind },
    }),
  );
  return {
    trajectoryId,
    studyId: trajectory.studyId,
    studyName: row.studyName,
    studyVersion: trajectory.studyVersion,
    raterId: trajectory.raterId,
    source: trajectory.source,
    status: row.status,
    phase: trajectory.phase,
    initialPrompt: trajectory.initialPrompt,
    armLabel: arm && mask.nameOf(arm),
    armsHidden: mask.blind,
    armProbability: trajectory.armProbability,
    agentVersion: mask.blind ? null : (agent?.agentVersion ?? null),
    t2iModel: mask.blind ? null : (agent?.t2iModel ?? null),
    startedAtMs: trajectory.startedAtMs,
    completedAtMs: trajectory.completedAtMs,
    horizon: settings.horizon,
    turns,
    events: eventRows,
  };
}

/** What made the latest slate. */
async function latestAgent(ctx: ServiceContext, trajectoryId: string) {
  const { slates, turns } = ctx.store.t;
  const [slate] = await ctx.store.read
    .select({ agentVersion: slates.agentVersion, t2iModel: slates.t2iModel })
    .from(turns)
    .innerJoin(slates, eq(slates.turnId, turns.id))
    .where(eq(turns.trajectoryId, trajectoryId))
    .orderBy(desc(turns.turnIndex))
    .limit(1);
  return slate;
}
