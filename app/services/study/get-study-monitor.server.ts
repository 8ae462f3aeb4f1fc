import { and, count, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { areAllPaused } from "../../domain/arm-status.ts";
import { type AssignmentStatus, COMPLETED_STATUSES, LIVE_STATUSES } from "../../domain/assignment.ts";
import { hasCapability } from "../../domain/roles.ts";
import type { StudyMonitorView } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { countArms } from "./count-arms.server.ts";
import { countFunnel } from "./count-funnel.server.ts";
import { getStudyState } from "./get-study-state.server.ts";
import { listFaults } from "./list-faults.server.ts";
import { listLiveRaters } from "./list-live-raters.server.ts";
import { loadArmMask } from "./load-arm-mask.ts";
import { measureGeneration } from "./measure-generation.server.ts";

/** Everything that the monitor of one study shows, in numbers as of now. */
export async function getStudyMonitor(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<StudyMonitorView> {
  assertCapability(actor, "study.read");
  const { study, settings, hasUnpublishedChanges, actions } = await getStudyState(
    ctx,
    ctx.store.read,
    args.studyId,
  );
  const mask = await loadArmMask(ctx, ctx.store.read, actor, study.id);
  const [counts, funnel, arms, live, generation, faults] = await Promise.all([
    countStudy(ctx, study.id),
    countFunnel(ctx, { studyId: study.id, horizon: settings.horizon }),
    countArms(ctx, { studyId: study.id, version: study.currentVersion, mask }),
    listLiveRaters(ctx, { studyId: study.id, withNames: hasCapability(actor.role, "rater.invite") }),
    measureGeneration(ctx, { studyId: study.id }),
    listFaults(ctx, { studyId: study.id, spendCapCents: settings.spendCapCents }),
  ]);
  return {
    studyId: study.id,
    name: study.name,
    status: study.status,
    version: study.currentVersion,
    actions,
    settings,
    hasUnpublishedChanges,
    counts: { target: settings.targetTrajectories, ...counts },
    funnel,
    arms,
    armsHidden: mask.blind,
    allArmsPaused: areAllPaused(arms),
    live,
    generation,
    faults,
    nowMs: ctx.now(),
  };
}

async function countStudy(ctx: ServiceContext, studyId: string) {
  const { assignments, studyRaters, problemReports } = ctx.store.t;
  const [byStatus, raters, problems] = await Promise.all([
    ctx.store.read
      .select({ status: assignments.status, n: count() })
      .from(assignments)
      .where(eq(assignments.studyId, studyId))
      .groupBy(assignments.status),
    ctx.store.read.select({ n: count() }).from(studyRaters).where(eq(studyRaters.studyId, studyId)),
    ctx.store.read
      .select({ n: count() })
      .from(problemReports)
      .where(and(eq(problemReports.studyId, studyId), eq(problemReports.status, "open"))),
  ]);
  const sum = (statuses: readonly AssignmentStatus[]) =>
    byStatus.filter((r) => statuses.includes(r.status)).reduce((n, r) => n + r.n, 0);
  return {
    live: sum(LIVE_STATUSES),
    completed: sum(COMPLETED_STATUSES),
    expired: sum(["expired"]),
    raters: raters[0]?.n ?? 0,
    openProblems: problems[0]?.n ?? 0,
  };
}
