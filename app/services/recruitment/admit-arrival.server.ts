import { eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { RequestError } from "../../domain/errors.ts";
import { type ArrivalIds, panelAddress } from "../../domain/recruitment.ts";
import type { ServiceContext } from "../context.ts";
import { addRater } from "../identity/add-rater.server.ts";
import { findArrival } from "./find-arrival.ts";
import { countArrivals, findLink, type RecruitmentLink } from "./find-link.ts";
import { UNPROVEN_TEXT } from "./get-arrival.server.ts";
import { limitAttempts } from "./limit-attempts.ts";

export interface AdmitArrivalArgs {
  slug: string;
  ids: ArrivalIds;
  /** Who is signed in in this browser. */
  signedInUserId: string | null;
  /** Network address of the client, for the limit. */
  address: string;
}

/** Arrivals of one network address within a minute. */
const MOST_ARRIVALS = 120;

/**
 * Makes, or finds, the account behind an external id and joins it to the link's study. The caller opens a session for
 * the user. One id has one account per study, whatever the number of requests at once.
 * Errors: NOT_FOUND, TOO_MANY_REQUESTS, FORBIDDEN (a known id without proof), STUDY_NOT_OPEN (the link is closed),
 * STUDY_FULL (the link's own limit).
 */
export async function admitArrival(
  ctx: ServiceContext,
  args: AdmitArrivalArgs,
): Promise<{ userId: string; raterId: string; studyId: string }> {
  await limitAttempts(ctx, { address: args.address, max: MOST_ARRIVALS });
  return ctx.store.tx(async (tx) => {
    const { recruitmentLinks, externalSessions } = ctx.store.t;
    const { link, study } = await findLink(ctx, tx, args.slug);
    // One after another: the link's limit is exact, and an id that comes twice at once is one person.
    await tx.forUpdate(tx.select().from(recruitmentLinks).where(eq(recruitmentLinks.id, link.id)));
    const arrival = await findArrival(ctx, tx, { link, ...args });
    if (arrival.kind === "unproven") throw new RequestError("FORBIDDEN", UNPROVEN_TEXT);
    if (arrival.kind === "new") await assertAdmits(ctx, tx, link);
    const record = arrival.kind === "new" ? await insertPerson(ctx, tx, link, args.ids) : arrival.record;
    if (args.ids.session !== "") {
      await tx
        .insert(externalSessions)
        .values({
          externalIdId: record.id,
          session: args.ids.session,
          externalStudy: args.ids.externalStudy,
          arrivedAtMs: ctx.now(),
        })
        .onConflictDoNothing();
    }
    const { raterId } = await addRater(ctx, tx, {
      userId: record.userId,
      source: "human",
      studyId: study.id,
    });
    if (arrival.kind === "new" && link.pool !== "") {
      const { raters } = ctx.store.t;
      await tx.update(raters).set({ pool: link.pool }).where(eq(raters.id, raterId));
    }
    return { userId: record.userId, raterId, studyId: study.id };
  });
}

async function assertAdmits(ctx: ServiceContext, tx: Tx, link: RecruitmentLink): Promise<void> {
  if (link.status === "closed") {
    throw new RequestError("STUDY_NOT_OPEN", "This link takes no new people any more.");
  }
  if (link.maxRaters !== null && (await countArrivals(ctx, tx, link.id)) >= link.maxRaters) {
    throw new RequestError("STUDY_FULL", "All places for people who come by this link are taken.");
  }
}

/** An account without a password; its address is one that no mail can reach. */
async function insertPerson(ctx: ServiceContext, tx: Tx, link: RecruitmentLink, ids: ArrivalIds) {
  const { user, externalIds } = ctx.store.t;
  const userId = ctx.newId("usr");
  const date = new Date(ctx.now());
  await tx.insert(user).values({
    id: userId,
    name: "Participant",
    email: panelAddress(userId),
    role: "rater",
    createdAt: date,
    updatedAt: date,
  });
  const record = {
    id: ctx.newId("ext"),
    userId,
    studyId: link.studyId,
    linkId: link.id,
    kind: link.kind,
    externalId: ids.externalId,
    createdAtMs: ctx.now(),
  };
  const inserted = await tx.insert(externalIds).values(record).onConflictDoNothing().returning();
  // By two links of one study at the same instant; what was made here is rolled back.
  if (inserted.length === 0) throw new RequestError("TOO_MANY_REQUESTS", "Try again in a moment.");
  return record;
}
