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

/**
 * Whether this rater may hold a place of a study now, by the rules of {@link placeRefusal}. The study stays locked until
 * the transaction ends, so that a place is never given twice and a study that is being closed gives none.
 * Throws NOT_FOUND where the rater is no member.
 */
export async function findPlace(
  ctx: ServiceContext,
  tx: Tx,
  { studyId, raterId, purpose }: { studyId: string; raterId: string; purpose: PlacePurpose },
): Promise<Place> {
  const locked = await lockStudy(ctx, tx, studyId);
  // A draft has no settings to go by, and nobody was told of it.
  if (locked.currentVersion === 0) throw notFound("study");
  const expired = await expireLapsed(ctx, tx, studyId);
  const placesHeld = locked.placesHeld - expired;
  const study = { ...locked, placesHeld };
  const facts = await loadPlaceFacts(ctx, tx, { study, raterId, placesHeld });
  if (!facts) throw notFound("study");
  if (purpose !== "accept") {
    const live = await findLive(ctx, tx, { studyId, raterId });
    if (live !== null) return { kind: "taken", assignmentId: live };
  }
  const refusal = placeRefusal(facts, ctx.now(), purpose);
  return refusal ? { kind: "refused", refusal } : { kind: "free", study, facts };
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
