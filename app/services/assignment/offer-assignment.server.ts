import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { LIVE_STATUSES } from "../../domain/assignment.ts";
import { RequestError } from "../../domain/errors.ts";
import { type PlaceRefusal, refusalError } from "../../domain/place.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { judgePlace, lockPlaces } from "./find-place.ts";
import { insertAssignment } from "./insert-assignment.ts";

/** Most people of one offer: everybody else who writes waits for it. */
const OFFERS_MAX = 200;
const OFFER_MINUTES_MAX = 20_160;

export interface OfferAssignmentArgs {
  studyId: string;
  /** Named members of the study, or the active members of a group who have no live task, longest members first. */
  to: { raterIds: string[] } | { pool: string };
  /** How long the places are held; the study's lease when left out. */
  minutes?: number;
  submissionId: string;
}

export interface OfferAssignmentResult {
  offered: { raterId: string; assignmentId: string }[];
  /** More of the group are left: offering again goes on with them. */
  hasMore: boolean;
  /** Who got none, and why. */
  refused: { raterId: string; refusal: PlaceRefusal | { code: "ALREADY_LIVE" } | { code: "NOT_A_MEMBER" } }[];
}

/**
 * Holds a place for each of some raters until they take it, decline it, or the offer lapses. Caps and eligibility count
 * as for a claim; daily limits, pauses and opening hours do not, since the rater chooses when to begin.
 * Errors: FORBIDDEN, NOT_FOUND, INVALID_INPUT, STUDY_NOT_OPEN when the study as a whole gives none.
 */
export async function offerAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: OfferAssignmentArgs,
): Promise<OfferAssignmentResult> {
  assertCapability(actor, "study.manage");
  const { studyId, to, minutes } = args;
  if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 5 && minutes <= OFFER_MINUTES_MAX)) {
    const message = "Hold the places for 5 minutes to 14 days.";
    throw new RequestError("INVALID_INPUT", message, { minutes: message });
  }
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "offer-assignment",
    body: { studyId, to, minutes: minutes ?? null },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const places = await lockPlaces(ctx, tx, studyId);
    const { raterIds, hasMore } = await listRaters(ctx, tx, studyId, to);
    const result: OfferAssignmentResult = { offered: [], hasMore, refused: [] };
    for (const raterId of raterIds) {
      const place = await judgePlace(ctx, tx, places, { raterId, purpose: "offer" });
      if (place === null) result.refused.push({ raterId, refusal: { code: "NOT_A_MEMBER" } });
      else if (place.kind === "taken") result.refused.push({ raterId, refusal: { code: "ALREADY_LIVE" } });
      else if (place.kind === "refused") {
        if (/^STUDY_(DRAFT|PAUSED|CLOSED)$/.test(place.refusal.code)) throw refusalError(place.refusal);
        result.refused.push({ raterId, refusal: place.refusal });
      } else {
        const assignmentId = await insertAssignment(ctx, tx, {
          studyId,
          studyVersion: place.study.currentVersion,
          raterId,
          facts: place.facts,
          status: "offered",
          offeredBy: actor.userId,
          leaseMinutes: minutes,
        });
        result.offered.push({ raterId, assignmentId });
        places.placesHeld += 1;
      }
    }
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "assignment.offered",
      subjectType: "study",
      subjectId: studyId,
      data: { to, offered: result.offered.map((o) => o.assignmentId), refused: result.refused.length },
    });
    return result;
  });
}

async function listRaters(
  ctx: ServiceContext,
  tx: Tx,
  studyId: string,
  to: OfferAssignmentArgs["to"],
): Promise<{ raterIds: string[]; hasMore: boolean }> {
  const problem = (message: string) => new RequestError("INVALID_INPUT", message, { to: message });
  let raterIds: string[];
  if ("raterIds" in to) {
    raterIds = [...new Set(to.raterIds)];
  } else {
    const { studyRaters, raters, assignments } = ctx.store.t;
    const rows = await tx
      .select({ raterId: raters.id })
      .from(studyRaters)
      .innerJoin(raters, eq(raters.id, studyRaters.raterId))
      .leftJoin(
        assignments,
        and(
          eq(assignments.raterId, raters.id),
          eq(assignments.studyId, studyId),
          inArray(assignments.status, [...LIVE_STATUSES]),
        ),
      )
      .where(
        and(
          eq(studyRaters.studyId, studyId),
          eq(studyRaters.status, "active"),
          isNull(studyRaters.withdrawnAtMs),
          eq(raters.pool, to.pool),
          isNull(assignments.id),
        ),
      )
      .orderBy(asc(studyRaters.addedAtMs), asc(raters.id))
      .limit(OFFERS_MAX + 1);
    if (rows.length === 0) throw problem("There is nobody in this group who could be offered a task.");
    raterIds = rows.map((r) => r.raterId);
    return { raterIds: raterIds.slice(0, OFFERS_MAX), hasMore: raterIds.length > OFFERS_MAX };
  }
  if (raterIds.length === 0) throw problem("There is nobody in this study to offer a task to.");
  if (raterIds.length > OFFERS_MAX) throw problem(`Offer to at most ${OFFERS_MAX} raters at a time.`);
  return { raterIds, hasMore: false };
}
