import { and, count, eq, inArray } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { COMPLETED_STATUSES, LIVE_STATUSES, PLACE_HOLDING_STATUSES } from "../../domain/assignment.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { expireLapsed } from "./expire-lapsed.ts";

export type Place =
  /** The rater has a live assignment in this study already. */
  | { kind: "taken"; assignmentId: string }
  | { kind: "free"; studyVersion: number; settings: StudySettings; source: Source };

/**
 * Whether this rater may hold a place of a study now (method, section 1): completed + live assignments stay within the
 * target of the study's current version, and the rater within theirs. The study row stays locked until the transaction
 * ends, so that a place is never given twice and a study that is being closed gives none.
 * Errors: NOT_FOUND, NOT_ELIGIBLE, STUDY_NOT_OPEN, STUDY_FULL, RATER_CAP_REACHED.
 */
export async function findPlace(
  ctx: ServiceContext,
  tx: Tx,
  { studyId, raterId }: { studyId: string; raterId: string },
): Promise<Place> {
  const { studies, studyRaters, raters, assignments } = ctx.store.t;
  const [study] = await tx.forUpdate(tx.select().from(studies).where(eq(studies.id, studyId)));
  if (!study) throw notFound("study");
  const [member] = await tx
    .select({ status: studyRaters.status, source: raters.source })
    .from(studyRaters)
    .innerJoin(raters, eq(raters.id, studyRaters.raterId))
    .where(and(eq(studyRaters.studyId, studyId), eq(studyRaters.raterId, raterId)));
  if (!member) throw notFound("study");
  if (member.status === "blocked") {
    throw new RequestError("NOT_ELIGIBLE", "The coordinator has closed this study for you.");
  }
  await expireLapsed(ctx, tx, studyId);
  const mine = and(eq(assignments.studyId, studyId), eq(assignments.raterId, raterId));
  const [live] = await tx
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(mine, inArray(assignments.status, [...LIVE_STATUSES])));
  if (live) return { kind: "taken", assignmentId: live.id };
  if (study.status !== "open") throw new RequestError("STUDY_NOT_OPEN", "This study is not open now.");

  const settings = await settingsOfVersion(ctx, tx, studyId, study.currentVersion);
  const [held] = await tx
    .select({ n: count().mapWith(Number) })
    .from(assignments)
    .where(and(eq(assignments.studyId, studyId), inArray(assignments.status, [...PLACE_HOLDING_STATUSES])));
  if ((held?.n ?? 0) >= settings.targetTrajectories) {
    throw new RequestError("STUDY_FULL", "All places of this study are taken.");
  }
  if (settings.maxTrajectoriesPerRater !== null) {
    const [done] = await tx
      .select({ n: count().mapWith(Number) })
      .from(assignments)
      .where(and(mine, inArray(assignments.status, [...COMPLETED_STATUSES])));
    if ((done?.n ?? 0) >= settings.maxTrajectoriesPerRater) {
      throw new RequestError("RATER_CAP_REACHED", "You have done all your tasks of this study. Thank you!");
    }
  }
  return { kind: "free", studyVersion: study.currentVersion, settings, source: member.source };
}
