import { DAY_MS } from "./day.ts";
import { RequestError, type RequestErrorCode } from "./errors.ts";
import type { StudyStatus } from "./study.ts";
import type { StudySettings } from "./study-settings.ts";
import type { StudyRaterStatus } from "./vocabulary.ts";

/** Everything that decides whether a rater may have a place of a study. */
export interface PlaceFacts {
  studyStatus: StudyStatus;
  settings: Pick<
    StudySettings,
    | "targetTrajectories"
    | "overRecruitment"
    | "maxTrajectoriesPerRater"
    | "maxTrajectoriesPerRaterPerDay"
    | "minPauseMinutes"
    | "opensAtMs"
    | "closesAtMs"
    | "eligiblePools"
  >;
  /** Whether an arm of this rater takes new prompts now. */
  hasOpenArm: boolean;
  member: { status: StudyRaterStatus; pool: string; withdrawnAtMs: number | null };
  /** Places that are held now; leases that ran out hold none. */
  placesHeld: number;
  /** This rater's trajectories that were handed in, whatever came of them. */
  handedIn: number;
  /**
   * When this rater started the trajectories of the last 24 hours, latest first, at most as many as the daily cap.
   * Those given back without penalty are not among them.
   */
  startsOfDayMs: readonly number[];
  lastHandedInAtMs: number | null;
}

/**
 * Why there is no place now, with what a page needs to say it well. Times are UTC ms: `untilMs` is the first instant at
 * which this reason no longer holds.
 */
export type PlaceRefusal =
  | { code: "STUDY_DRAFT" }
  | { code: "STUDY_PAUSED" }
  | { code: "STUDY_CLOSED" }
  | { code: "OPENS_LATER"; untilMs: number }
  | { code: "CLOSED_SINCE"; sinceMs: number }
  | { code: "NO_OPEN_ARM" }
  | { code: "RATER_BLOCKED" }
  | { code: "CONSENT_WITHDRAWN" }
  | { code: "POOL_NOT_ELIGIBLE" }
  | { code: "CAP_REACHED"; cap: number }
  | { code: "DAILY_CAP_REACHED"; cap: number; untilMs: number }
  | { code: "PAUSE"; untilMs: number }
  | { code: "STUDY_FULL" };
export type PlaceRefusalCode = PlaceRefusal["code"];

/**
 * What the place is for. `claim`: the rater starts a task; `offer`: a coordinator holds a place for them; `accept`: the
 * rater starts a task that was offered, so the place is theirs; `revive`: they go on with work whose lease ran out.
 */
export type PlacePurpose = "claim" | "offer" | "accept" | "revive";

const MINUTE_MS = 60_000;

/** Places of a study: the target, and what is given beyond it. */
export function placeLimit(settings: Pick<StudySettings, "targetTrajectories" | "overRecruitment">): number {
  return settings.targetTrajectories + settings.overRecruitment;
}

/** From when on daily starts count at `nowMs`. */
export function dayBeginMs(nowMs: number): number {
  return nowMs - DAY_MS;
}

/**
 * Why this rater cannot have a place now, or null when they can (method, section 1). The only rule of its kind: what a
 * rater's home says and what a claim does cannot differ. The most lasting reason comes first.
 */
export function placeRefusal(
  facts: PlaceFacts,
  nowMs: number,
  purpose: PlacePurpose = "claim",
): PlaceRefusal | null {
  return (
    studyRefusal(facts) ??
    memberRefusal(facts) ??
    (purpose === "claim" || purpose === "accept" ? windowRefusal(facts, nowMs) : null) ??
    (purpose === "accept" ? null : capRefusal(facts)) ??
    (purpose === "claim" ? paceRefusal(facts, nowMs) : null) ??
    (purpose === "accept" || facts.placesHeld < placeLimit(facts.settings) ? null : { code: "STUDY_FULL" })
  );
}

function studyRefusal({ studyStatus }: PlaceFacts): PlaceRefusal | null {
  switch (studyStatus) {
    case "draft":
      return { code: "STUDY_DRAFT" };
    case "paused":
      return { code: "STUDY_PAUSED" };
    case "closed":
      return { code: "STUDY_CLOSED" };
    case "open":
      return null;
  }
}

function memberRefusal({ member, settings, hasOpenArm }: PlaceFacts): PlaceRefusal | null {
  if (member.withdrawnAtMs !== null) return { code: "CONSENT_WITHDRAWN" };
  if (member.status === "blocked") return { code: "RATER_BLOCKED" };
  if (settings.eligiblePools.length > 0 && !settings.eligiblePools.includes(member.pool)) {
    return { code: "POOL_NOT_ELIGIBLE" };
  }
  return hasOpenArm ? null : { code: "NO_OPEN_ARM" };
}

function windowRefusal({ settings }: PlaceFacts, nowMs: number): PlaceRefusal | null {
  const { opensAtMs, closesAtMs } = settings;
  if (closesAtMs !== null && nowMs >= closesAtMs) return { code: "CLOSED_SINCE", sinceMs: closesAtMs };
  if (opensAtMs !== null && nowMs < opensAtMs) return { code: "OPENS_LATER", untilMs: opensAtMs };
  return null;
}

function capRefusal({ settings, handedIn }: PlaceFacts): PlaceRefusal | null {
  const cap = settings.maxTrajectoriesPerRater;
  return cap !== null && handedIn >= cap ? { code: "CAP_REACHED", cap } : null;
}

function paceRefusal(facts: PlaceFacts, nowMs: number): PlaceRefusal | null {
  const { settings, startsOfDayMs, lastHandedInAtMs } = facts;
  const cap = settings.maxTrajectoriesPerRaterPerDay;
  const begin = dayBeginMs(nowMs);
  const starts = startsOfDayMs.filter((at) => at > begin).sort((a, b) => b - a);
  const oldest = cap === null ? undefined : starts[cap - 1];
  if (cap !== null && oldest !== undefined) {
    return { code: "DAILY_CAP_REACHED", cap, untilMs: oldest + DAY_MS };
  }
  if (lastHandedInAtMs === null) return null;
  const untilMs = lastHandedInAtMs + settings.minPauseMinutes * MINUTE_MS;
  return nowMs < untilMs ? { code: "PAUSE", untilMs } : null;
}

const ERROR_CODES: Record<PlaceRefusalCode, RequestErrorCode> = {
  STUDY_DRAFT: "STUDY_NOT_OPEN",
  STUDY_PAUSED: "STUDY_NOT_OPEN",
  STUDY_CLOSED: "STUDY_NOT_OPEN",
  OPENS_LATER: "STUDY_NOT_OPEN",
  CLOSED_SINCE: "STUDY_NOT_OPEN",
  NO_OPEN_ARM: "STUDY_NOT_OPEN",
  RATER_BLOCKED: "NOT_ELIGIBLE",
  CONSENT_WITHDRAWN: "NOT_ELIGIBLE",
  POOL_NOT_ELIGIBLE: "NOT_ELIGIBLE",
  CAP_REACHED: "RATER_CAP_REACHED",
  DAILY_CAP_REACHED: "RATER_CAP_REACHED",
  PAUSE: "PAUSE_NEEDED",
  STUDY_FULL: "STUDY_FULL",
};

/** The reason in one sentence to the rater. Pages that can show times say when instead of "later". */
export function refusalText(refusal: PlaceRefusal): string {
  switch (refusal.code) {
    case "STUDY_DRAFT":
      return "This study has not started yet.";
    case "STUDY_PAUSED":
      return "This study is paused. Look again later.";
    case "STUDY_CLOSED":
    case "CLOSED_SINCE":
      return "This study has ended.";
    case "OPENS_LATER":
      return "This study opens later.";
    case "NO_OPEN_ARM":
      return "This study takes no new tasks at the moment. Look again later.";
    case "RATER_BLOCKED":
      return "The coordinator has closed this study for you.";
    case "CONSENT_WITHDRAWN":
      return "You have withdrawn from this study.";
    case "POOL_NOT_ELIGIBLE":
      return "This study is for another group of raters.";
    case "CAP_REACHED":
      return `You have done all ${refusal.cap} of your tasks in this study. Thank you!`;
    case "DAILY_CAP_REACHED":
      return refusal.cap === 1
        ? "You have started your task of the last 24 hours. The next one is available later."
        : `You have started ${refusal.cap} tasks in the last 24 hours. The next one is available later.`;
    case "PAUSE":
      return "Time for a break: your next task is available soon.";
    case "STUDY_FULL":
      return "All places of this study are taken.";
  }
}

/** The refusal as an error; programs find it whole in `details.refusal`. */
export function refusalError(refusal: PlaceRefusal): RequestError {
  return new RequestError(ERROR_CODES[refusal.code], refusalText(refusal), {}, { refusal });
}
