import { and, desc, eq, inArray } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { isLive } from "../../domain/assignment.ts";
import { earnedCents, payRateCents } from "../../domain/pay.ts";
import { placeLimit, placeRefusal, refusalText } from "../../domain/place.ts";
import type { AvailableWork, RaterAssignmentRow, RaterHomeView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { countHeldPlaces } from "./count-held-places.ts";
import { loadPlaceFacts } from "./load-place-facts.ts";
import { sumEarnings } from "./sum-earnings.ts";
import { workTimeOf } from "./work-time.ts";

const HISTORY_ROWS = 50;

/** Work available (or why not), work in progress, and the latest history. */
export async function getRaterHome(ctx: ServiceContext, actor: Actor): Promise<RaterHomeView> {
  assertCapability(actor, "rate");
  if (!actor.raterId) {
    return { available: [], offers: [], inProgress: [], history: [], earnings: [] };
  }
  const rows = await listAssignments(ctx, actor.raterId);
  const shown = (which: (row: Row) => boolean) =>
    rows.filter(which).map(({ studyId: _, ...row }): RaterAssignmentRow => row);
  const isOffer = (row: Row) => row.status === "offered";
  const isOpen = (row: Row) => !isOffer(row) && (isLive(row.status) || row.status === "expired");
  return {
    available: await listAvailable(ctx, actor.raterId, rows),
    offers: shown(isOffer),
    inProgress: shown(isOpen),
    history: shown((row) => !isOffer(row) && !isOpen(row)),
    earnings: await sumEarnings(ctx, actor.raterId),
  };
}

type Row = RaterAssignmentRow & { studyId: string };

async function listAssignments(ctx: ServiceContext, raterId: string): Promise<Row[]> {
  const { assignments, trajectories, studies } = ctx.store.t;
  const found = await ctx.store.read
    .select({ assignment: assignments, trajectory: trajectories, studyName: studies.name })
    .from(assignments)
    .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .innerJoin(studies, eq(studies.id, assignments.studyId))
    .where(eq(assignments.raterId, raterId))
    .orderBy(desc(assignments.startedAtMs), desc(assignments.id))
    .limit(HISTORY_ROWS);
  const times = await workTimeOf(
    ctx,
    ctx.store.read,
    found.map((r) => r.trajectory.id),
  );
  return Promise.all(
    found.map(async ({ assignment, trajectory, studyName }) => {
      const { studyId, studyVersion } = assignment;
      const settings = await settingsOfVersion(ctx, ctx.store.read, studyId, studyVersion);
      const time = times.get(trajectory.id);
      const workMs = time?.workMs ?? null;
      return {
        assignmentId: assignment.id,
        studyId,
        studyName,
        status: assignment.status,
        phase: trajectory.phase,
        chosenTurns: time?.chosenTurns ?? 0,
        horizon: settings.horizon,
        initialPrompt: trajectory.initialPrompt,
        startedAtMs: assignment.startedAtMs,
        submittedAtMs: assignment.submittedAtMs,
        leaseExpiresAtMs: assignment.leaseExpiresAtMs,
        remindAtMs: assignment.remindAtMs,
        reviewNote: assignment.reviewNote,
        expectedMinutes: settings.expectedMinutes,
        payUnit: settings.payUnit,
        payCents: payRateCents(settings),
        payCurrency: settings.payCurrency,
        workMs,
        earnedCents: earnedCents(settings, workMs),
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
      payCents: payRateCents(settings),
      payCurrency: settings.payCurrency,
      payUnit: settings.payUnit,
      placesLeft: Math.max(0, placeLimit(settings) - placesHeld),
      blockedReason: refusal && refusalText(refusal),
      refusal,
    });
  }
  return out;
}
