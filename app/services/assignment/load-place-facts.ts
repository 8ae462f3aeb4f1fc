import { and, count, desc, eq, gt, inArray, max, notInArray } from "drizzle-orm";
import type { Schema } from "../../../db/schema/index.ts";
import { HANDED_IN_STATUSES } from "../../domain/assignment.ts";
import { dayBeginMs, type PlaceFacts } from "../../domain/place.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";

export type StudyRecord = Schema["studies"]["$inferSelect"];

/** {@link PlaceFacts} with what a place is made of. */
export type LoadedPlaceFacts = PlaceFacts & { settings: StudySettings; source: Source };

/** Given back without penalty, taken back, or never begun: these count for nothing. */
const NOT_STARTED = ["offered", "returned", "withdrawn"] as const;

/**
 * What decides about a place for a rater in a published study; null when they are no member of it. A few reads by index,
 * however large the study. `placesHeld` is exact inside a claim, and from `countHeldPlaces` on a page.
 */
export async function loadPlaceFacts(
  ctx: ServiceContext,
  reader: AnyReader,
  { study, raterId, placesHeld }: { study: StudyRecord; raterId: string; placesHeld: number },
): Promise<LoadedPlaceFacts | null> {
  const { studyRaters, raters, assignments } = ctx.store.t;
  const [member] = await reader
    .select({
      status: studyRaters.status,
      withdrawnAtMs: studyRaters.withdrawnAtMs,
      armKey: studyRaters.armKey,
      pool: raters.pool,
      source: raters.source,
    })
    .from(studyRaters)
    .innerJoin(raters, eq(raters.id, studyRaters.raterId))
    .where(and(eq(studyRaters.studyId, study.id), eq(studyRaters.raterId, raterId)));
  if (!member) return null;
  const settings = await settingsOfVersion(ctx, reader, study.id, study.currentVersion);
  const { source, armKey, ...rest } = member;
  const mine = and(eq(assignments.raterId, raterId), eq(assignments.studyId, study.id));
  return {
    studyStatus: study.status,
    settings,
    source,
    member: rest,
    hasOpenArm: await hasOpenArm(ctx, reader, study, settings.allocationLevel === "rater" ? armKey : null),
    placesHeld,
    handedIn: settings.maxTrajectoriesPerRater === null ? 0 : await countHandedIn(),
    startsOfDayMs: await startsOfDay(settings.maxTrajectoriesPerRaterPerDay),
    lastHandedInAtMs: settings.minPauseMinutes === 0 ? null : await lastHandedIn(),
  };

  async function countHandedIn(): Promise<number> {
    const [row] = await reader
      .select({ n: count().mapWith(Number) })
      .from(assignments)
      .where(and(mine, inArray(assignments.status, [...HANDED_IN_STATUSES])));
    return row?.n ?? 0;
  }

  async function startsOfDay(cap: number | null): Promise<number[]> {
    if (cap === null) return [];
    const rows = await reader
      .select({ at: assignments.startedAtMs })
      .from(assignments)
      .where(
        and(
          mine,
          gt(assignments.startedAtMs, dayBeginMs(ctx.now())),
          notInArray(assignments.status, [...NOT_STARTED]),
        ),
      )
      .orderBy(desc(assignments.startedAtMs))
      .limit(cap);
    return rows.map((r) => r.at);
  }

  async function lastHandedIn(): Promise<number | null> {
    const [row] = await reader
      .select({ at: max(assignments.submittedAtMs) })
      .from(assignments)
      .where(mine);
    return row?.at == null ? null : Number(row.at);
  }
}

/** Whether a new prompt could be given an arm: the rater's own where they have one, otherwise any. */
async function hasOpenArm(
  ctx: ServiceContext,
  reader: AnyReader,
  study: StudyRecord,
  armKey: string | null,
): Promise<boolean> {
  const { arms } = ctx.store.t;
  const rows = await reader
    .select({ armKey: arms.armKey, status: arms.status })
    .from(arms)
    .where(and(eq(arms.studyId, study.id), eq(arms.studyVersion, study.currentVersion)));
  const own = rows.find((r) => r.armKey === armKey);
  return own ? own.status === "open" : rows.some((r) => r.status === "open");
}
