import { and, count, desc, eq, gte, inArray, notInArray, or } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import {
  COMPLETED_STATUSES,
  isLive,
  LIVE_STATUSES,
  PLACE_HOLDING_STATUSES,
} from "../../domain/assignment.ts";
import type { AvailableWork, RaterAssignmentRow, RaterHomeView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";

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
        payCents: settings.payPerTrajectoryCents,
        payCurrency: settings.payCurrency,
      };
    }),
  );
}

async function listAvailable(ctx: ServiceContext, raterId: string, mine: Row[]): Promise<AvailableWork[]> {
  const { studies, studyRaters, assignments } = ctx.store.t;
  const member = await ctx.store.read
    .select({ study: studies, status: studyRaters.status })
    .from(studyRaters)
    .innerJoin(studies, eq(studies.id, studyRaters.studyId))
    .where(and(eq(studyRaters.raterId, raterId), inArray(studies.status, ["open", "paused", "closed"])))
    .orderBy(desc(studyRaters.addedAtMs), desc(studies.id))
    .limit(HISTORY_ROWS);
  if (member.length === 0) return [];
  const studyIds = member.map((m) => m.study.id);
  const countBy = async (statuses: readonly (typeof PLACE_HOLDING_STATUSES)[number][], ofRater: boolean) =>
    new Map(
      (
        await ctx.store.read
          .select({ id: assignments.studyId, n: count().mapWith(Number) })
          .from(assignments)
          .where(
            and(
              inArray(assignments.studyId, studyIds),
              inArray(assignments.status, [...statuses]),
              // A lease that ran out holds no place, even before it is swept.
              or(
                notInArray(assignments.status, [...LIVE_STATUSES]),
                gte(assignments.leaseExpiresAtMs, ctx.now()),
              ),
              ofRater ? eq(assignments.raterId, raterId) : undefined,
            ),
          )
          .groupBy(assignments.studyId)
      ).map((r) => [r.id, r.n] as const),
    );
  const held = await countBy(PLACE_HOLDING_STATUSES, false);
  const done = await countBy(COMPLETED_STATUSES, true);
  const out: AvailableWork[] = [];
  for (const { study, status } of member) {
    if (mine.some((r) => r.studyId === study.id && isLive(r.status))) continue;
    const settings = await settingsOfVersion(ctx, ctx.store.read, study.id, study.currentVersion);
    const placesLeft = Math.max(0, settings.targetTrajectories - (held.get(study.id) ?? 0));
    const cap = settings.maxTrajectoriesPerRater;
    const reasons: [boolean, string][] = [
      [status === "blocked", "The coordinator has closed this study for you."],
      [study.status === "closed", "This study has ended."],
      [study.status === "paused", "This study is paused. Look again later."],
      [
        cap !== null && (done.get(study.id) ?? 0) >= cap,
        `You have done all ${cap} of your tasks in this study. Thank you!`,
      ],
      [placesLeft === 0, "All places of this study are taken."],
    ];
    out.push({
      studyId: study.id,
      studyName: study.name,
      expectedMinutes: settings.expectedMinutes,
      payCents: settings.payPerTrajectoryCents,
      payCurrency: settings.payCurrency,
      placesLeft,
      blockedReason: reasons.find(([applies]) => applies)?.[1] ?? null,
    });
  }
  return out;
}
