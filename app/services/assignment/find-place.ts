import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { LIVE_STATUSES } from "../../domain/assignment.ts";
import { notFound } from "../../domain/errors.ts";
import { type PlacePurpose, type PlaceRefusal, placeRefusal } from "../../domain/place.ts";
import type { ServiceContext } from "../context.ts";
import { expireLapsed } from "./expire-lapsed.ts";
import { type LoadedPlaceFacts, loadPlaceFacts, type StudyRecord } from "./load-place-facts.ts";

export type Place =
  /** The rater has a live assignment in this study already. */
  | { kind: "taken"; assignmentId: string }
  | { kind: "free"; study: StudyRecord; facts: LoadedPlaceFacts }
  | { kind: "refused"; refusal: PlaceRefusal };

/**
 * Locks a study until the transaction ends: places are given one after another. A transaction that also locks an
 * assignment of the study must lock that first, so that no two wait for each other. Throws NOT_FOUND.
 */
export async function lockStudy(ctx: ServiceContext, tx: Tx, studyId: string): Promise<StudyRecord> {
  const { studies } = ctx.store.t;
  const [study] = await tx.forUpdate(tx.select().from(studies).where(eq(studies.id, studyId)));
  if (!study) throw notFound("study");
  return study;
}

/** A study that is locked, with the places that are held now that lapsed leases hold none. */
export interface LockedPlaces {
  study: StudyRecord;
  placesHeld: number;
}

/** Locks a study and frees what lapsed. Throws NOT_FOUND, also for a draft: it has no settings to go by. */
export async function lockPlaces(ctx: ServiceContext, tx: Tx, studyId: string): Promise<LockedPlaces> {
  const study = await lockStudy(ctx, tx, studyId);
  if (study.currentVersion === 0) throw notFound("study");
  const expired = await expireLapsed(ctx, tx, studyId);
  return { study, placesHeld: study.placesHeld - expired };
}

/**
 * Whether this rater may hold a place of a locked study now, by the rules of {@link placeRefusal}; null where they are no
 * member of it.
 */
export async function judgePlace(
  ctx: ServiceContext,
  tx: Tx,
  { study, placesHeld }: LockedPlaces,
  { raterId, purpose }: { raterId: string; purpose: PlacePurpose },
): Promise<Place | null> {
  const facts = await loadPlaceFacts(ctx, tx, { study, raterId, placesHeld });
  if (!facts) return null;
  if (purpose !== "accept") {
    const live = await findLive(ctx, tx, { studyId: study.id, raterId });
    if (live !== null) return { kind: "taken", assignmentId: live };
  }
  const refusal = placeRefusal(facts, ctx.now(), purpose);
  return refusal ? { kind: "refused", refusal } : { kind: "free", study, facts };
}

/**
 * Both at once, for one rater. The study stays locked until the transaction ends, so that a place is never given twice
 * and a study that is being closed gives none. Throws NOT_FOUND where the rater is no member.
 */
export async function findPlace(
  ctx: ServiceContext,
  tx: Tx,
  { studyId, raterId, purpose }: { studyId: string; raterId: string; purpose: PlacePurpose },
): Promise<Place> {
  const places = await lockPlaces(ctx, tx, studyId);
  const place = await judgePlace(ctx, tx, places, { raterId, purpose });
  if (!place) throw notFound("study");
  return place;
}

/** The rater's live assignment in a study. */
export async function findLive(
  ctx: ServiceContext,
  tx: Tx,
  { studyId, raterId }: { studyId: string; raterId: string },
): Promise<string | null> {
  const { assignments } = ctx.store.t;
  const [live] = await tx
    .select({ id: assignments.id })
    .from(assignments)
    .where(
      and(
        eq(assignments.raterId, raterId),
        eq(assignments.studyId, studyId),
        inArray(assignments.status, [...LIVE_STATUSES]),
      ),
    );
  return live?.id ?? null;
}
