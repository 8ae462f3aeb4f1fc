import { eq } from "drizzle-orm";
import { placeRefusal, refusalText } from "../../domain/place.ts";
import type { ArrivalView } from "../../domain/rater-views.ts";
import { type ArrivalIds, fillExit, parseArrival } from "../../domain/recruitment.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import { countHeldPlaces } from "../assignment/count-held-places.ts";
import type { StudyRecord } from "../assignment/load-place-facts.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { findArrival } from "./find-arrival.ts";
import { countArrivals, findLink, type RecruitmentLink } from "./find-link.ts";

export const UNPROVEN_TEXT =
  "Somebody with this participant id has already begun here, in another session. To protect their work we cannot let you in with the id alone. If it was you, go on in the browser in which you began, or open the study again from the session in which you began.";

export interface GetArrivalArgs {
  slug: string;
  parameters: URLSearchParams;
  signedInUserId: string | null;
}

/**
 * What somebody who opens a recruitment link is told before anything is made of them: what the study is, or why they
 * cannot take part. Changes nothing. Throws NOT_FOUND.
 */
export async function getArrival(
  ctx: ServiceContext,
  args: GetArrivalArgs,
): Promise<ArrivalView & { isOwnId: boolean }> {
  const { link, study } = await findLink(ctx, ctx.store.read, args.slug);
  const settings = await settingsOfVersion(ctx, ctx.store.read, study.id, study.currentVersion);
  const base = {
    studyName: study.name,
    expectedMinutes: settings.expectedMinutes,
    payUnit: settings.payUnit,
    payCents: settings.payUnit === "hour" ? settings.payPerHourCents : settings.payPerTrajectoryCents,
    payCurrency: settings.payCurrency,
    refusal: null,
    exit: null,
    isOwnId: false,
  };
  const parsed = parseArrival(link.kind, args.parameters);
  if (parsed.kind === "bad") {
    return {
      ...base,
      refusal: {
        code: "BAD_LINK",
        text: `${parsed.problem} Open the study again from the page where you found it.`,
      },
    };
  }
  const arrival = await findArrival(ctx, ctx.store.read, { link, ids: parsed.ids, ...args });
  if (arrival.kind === "unproven") return { ...base, refusal: { code: "UNPROVEN", text: UNPROVEN_TEXT } };
  const refusal = arrival.kind === "known" ? null : await refusalOfNew(ctx, { link, study, settings });
  const isOwnId = arrival.kind === "known" && arrival.record.userId === args.signedInUserId;
  return { ...base, isOwnId, refusal, exit: refusal && exitFor(refusal.code, settings, parsed.ids) };
}

/** Why somebody new gets no place, by the same rule as a claim. */
async function refusalOfNew(
  ctx: ServiceContext,
  { link, study, settings }: { link: RecruitmentLink; study: StudyRecord; settings: StudySettings },
): Promise<ArrivalView["refusal"]> {
  if (link.status === "closed") {
    return { code: "LINK_CLOSED", text: "This link takes no new people any more." };
  }
  if (link.maxRaters !== null && (await countArrivals(ctx, ctx.store.read, link.id)) >= link.maxRaters) {
    return { code: "LINK_FULL", text: "All places for people who come by this link are taken." };
  }
  const { arms } = ctx.store.t;
  const statuses = await ctx.store.read
    .select({ status: arms.status, version: arms.studyVersion })
    .from(arms)
    .where(eq(arms.studyId, study.id));
  const refusal = placeRefusal(
    {
      studyStatus: study.status,
      settings,
      hasOpenArm: statuses.some((arm) => arm.version === study.currentVersion && arm.status === "open"),
      member: { status: "active", pool: link.pool, withdrawnAtMs: null },
      placesHeld: await countHeldPlaces(ctx, ctx.store.read, study),
      handedIn: 0,
      startsOfDayMs: [],
      lastHandedInAtMs: null,
    },
    ctx.now(),
  );
  if (!refusal) return null;
  const untilMs = "untilMs" in refusal ? refusal.untilMs : undefined;
  return { code: refusal.code, text: refusalText(refusal), ...(untilMs === undefined ? {} : { untilMs }) };
}

const FULL = ["STUDY_FULL", "LINK_FULL", "LINK_CLOSED", "STUDY_CLOSED", "CLOSED_SINCE"];

/** Where somebody without a place goes: a full study and one that is not theirs are told apart. */
export function exitFor(code: string, settings: StudySettings, ids: ArrivalIds) {
  const { studyFullUrl, screenedOutUrl } = settings.recruitment;
  return fillExit(FULL.includes(code) ? studyFullUrl : screenedOutUrl, {
    code: "",
    pid: ids.externalId,
    study: ids.externalStudy,
    session: ids.session,
  });
}
