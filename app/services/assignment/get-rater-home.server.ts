import { and, count, desc, eq, inArray } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { isLive } from "../../domain/assignment.ts";
import { placeLimit, placeRefusal, refusalText } from "../../domain/place.ts";
import type { AvailableWork, RaterAssignmentRow, RaterHomeView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { countHeldPlaces } from "./count-held-places.ts";
import { loadPlaceFacts } from "./load-place-facts.ts";

const HISTORY_ROWS = 50;

/** Work available (or why not), work in progress, and the latest history. */
export async function getRaterHome(ctx: ServiceContext, actor: Actor): Promise<RaterHomeView> {
  assertCapability(actor, "rate");
  if (!actor.raterId) return { available: [], inProgress: [], history: [] };
  const rows = await listAssignments(ctx, actor.raterId);
  const inProgress = rows.filter((r) => isLive(r.status) || r.status === "expired");
  return {
    available: await listAvailable(ctx, actor.raterId, rows),
    inProgress: inProgress.map(({ studyId: _, ...row }) => row),
    history: rows.filter((r) => !inProgress.includes(r)).map(({ studyId: _, ...row }) => row),
  };
}

type Row = RaterAssignmentRow & { studyId: string };

async function listAssignments(ctx: ServiceContext, raterId: string): Promise<Row[]> {
  const { assignments, trajectories, studies, choices } = ctx.store.t;
  const found = await ctx.store.read
    .select({ assignment: assignments, trajectory: trajectories, studyName: studies.name })
    .from(assignments)
    .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .innerJoin(studies, eq(studies.id, assignments.studyId))
    .where(eq(assignments.raterId, raterId))
    .orderBy(desc(assignments.startedAtMs), desc(assignments.id))
    .limit(HISTORY_ROWS);
  const chosen = new Map(
    found.length === 0
      ? []
      : (
          await ctx.store.read
            .select({ id: choices.trajectoryId, n: count().mapWith(Number) })
            .from(choices)
            .where(
              inArray(
                choices.trajectoryId,
                found.map((r) => r.trajectory.id),
              ),
            )
            .groupBy(choices.trajectoryId)
        ).map((r) => [r.id, r.n] as const),
  );
  return Promise.all(
    found.map(async ({ assignment, trajectory, studyName }) => {
      const settings = await settingsOfVersion(
        ctx,
        ctx.store.read,
        assignment.studyId,
        assignment.studyVersion,
      );
      return {
        assignmentId: assignment.id,
        studyId: assignment.studyId,
        studyName,
        status: assignment.status,
        phase: trajectory.phase,
        chosenTurns: chosen.get(trajectory.id) ?? 0,
        horizon: settings.horizon,
        initialPrompt: trajectory.initialPrompt,
        startedAtMs: assignment.startedAtMs,
        submittedAtMs: assignment.submittedAtMs,
        leaseExpiresAtMs: assignment.leaseExpiresAtMs,
        remindAtMs: assignment.remindAtMs,
        reviewNote: assignment.reviewNote,
        payCents: settings.payPerTrajectoryCents,
        payCurrency: settings.payCurrency,
      };
    }),
  );
}

async function listAvailable(ctx: ServiceContext, raterId: string, mine: Row[]): Promise<AvailableWork[]> {
  const { studies, studyRaters } = ctx.store.t;
  const member = await ctx.store.read
    .select({ study: studies })
    .from(studyRaters)
    .innerJoin(studies, eq(studies.id, studyRaters.studyId))
    .where(and(eq(studyRaters.raterId, raterId), inArray(studies.status, ["open", "paused", "closed"])))
    .orderBy(desc(studyRaters.addedAtMs), desc(studies.id))
    .limit(HISTORY_ROWS);
  const out: AvailableWork[] = [];
  for (const { study } of member) {
    if (mine.some((r) => r.studyId === study.id && isLive(r.status))) continue;
    const placesHeld = await countHeldPlaces(ctx, ctx.store.read, study);
    const facts = await loadPlaceFacts(ctx, ctx.store.read, { study, raterId, placesHeld });
    if (!facts) continue;
    const { settings } = facts;
    const refusal = placeRefusal(facts, ctx.now());
    out.push({
      studyId: study.id,
      studyName: study.name,
      expectedMinutes: settings.expectedMinutes,
      payCents: settings.payPerTrajectoryCents,
      payCurrency: settings.payCurrency,
      placesLeft: Math.max(0, placeLimit(settings) - placesHeld),
      blockedReason: refusal && refusalText(refusal),
      refusal,
    });
  }
  return out;
}
