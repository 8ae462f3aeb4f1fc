import { asc, desc, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ReplayView } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { loadReplayTurns } from "./load-replay-turns.ts";

const EVENTS_MAX = 1000;

/**
 * One trajectory turn by turn, with prompts, candidates, scores and seeds. For staff only: raters never see any of it.
 * Every look is written to the audit log.
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
      armLabel: arms.label,
    })
    .from(trajectories)
    .innerJoin(studies, eq(studies.id, trajectories.studyId))
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .leftJoin(arms, eq(arms.id, trajectories.armId))
    .where(eq(trajectories.id, trajectoryId));
  if (!row) throw notFound("trajectory");
  const { trajectory } = row;
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
    armLabel: row.armLabel,
    armProbability: trajectory.armProbability,
    agentVersion: agent?.agentVersion ?? null,
    t2iModel: agent?.t2iModel ?? null,
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
