import { and, count, eq, inArray } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { COMPLETED_STATUSES } from "../../domain/assignment.ts";
import type { StudyAction, StudyStatus } from "../../domain/study.ts";
import type { ServiceContext } from "../context.ts";
import { getStudyState } from "./get-study-state.server.ts";

export interface StudyHeaderView {
  studyId: string;
  name: string;
  status: StudyStatus;
  version: number;
  hasUnpublishedChanges: boolean;
  actions: StudyAction[];
  target: number;
  completed: number;
  openProblems: number;
}

/** What every page about one study shows at its top. */
export async function getStudyHeader(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<StudyHeaderView> {
  assertCapability(actor, "study.read");
  const { assignments, problemReports } = ctx.store.t;
  const { study, settings, hasUnpublishedChanges, actions } = await getStudyState(
    ctx,
    ctx.store.read,
    args.studyId,
  );
  const [completed, problems] = await Promise.all([
    ctx.store.read
      .select({ n: count() })
      .from(assignments)
      .where(and(eq(assignments.studyId, study.id), inArray(assignments.status, [...COMPLETED_STATUSES]))),
    ctx.store.read
      .select({ n: count() })
      .from(problemReports)
      .where(and(eq(problemReports.studyId, study.id), eq(problemReports.status, "open"))),
  ]);
  return {
    studyId: study.id,
    name: study.name,
    status: study.status,
    version: study.currentVersion,
    hasUnpublishedChanges,
    actions,
    target: settings.targetTrajectories,
    completed: completed[0]?.n ?? 0,
    openProblems: problems[0]?.n ?? 0,
  };
}
