import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RequestError } from "../../../app/domain/errors.ts";
import { leaseUntil, reminderMinutesLeft, renewedLease } from "../../../app/domain/lease.ts";
import {
  type PlaceFacts,
  type PlacePurpose,
  placeLimit,
  placeRefusal,
  refusalError,
  refusalText,
} from "../../../app/domain/place.ts";
import { settingsProblems } from "../../../app/domain/settings-problems.ts";
import { STUDY_STATUSES } from "../../../app/domain/study.ts";
import { defaultStudySettings, studySettingsSchema } from "../../../app/domain/study-settings.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const FREE: PlaceFacts = {
  studyStatus: "open",
  settings: { ...defaultStudySettings(), targetTrajectories: 10 },
  hasOpenArm: true,
  member: { status: "active", pool: "main", withdrawnAtMs: null },
  placesHeld: 0,
  handedIn: 0,
  startsOfDayMs: [],
  lastHandedInAtMs: null,
};
const withSettings = (settings: Partial<PlaceFacts["settings"]>, facts: Partial<PlaceFacts> = {}) => ({
  ...FREE,
  ...facts,
  settings: { ...FREE.settings, ...settings },
});

describe("why there is no place", () => {
  test.each<[string, PlaceFacts, object | null]>([
    ["nothing stands in the way", FREE, null],
    ["the study is paused", { ...FREE, studyStatus: "paused" }, { code: "STUDY_PAUSED" }],
    ["the study is closed", { ...FREE, studyStatus: "closed" }, { code: "STUDY_CLOSED" }],
    ["the study is a draft", { ...FREE, studyStatus: "draft" }, { code: "STUDY_DRAFT" }],
    ["it opens later", withSettings({ opensAtMs: NOW + 1 }), { code: "OPENS_LATER", untilMs: NOW + 1 }],
    ["it opens now", withSettings({ opensAtMs: NOW }), null],
    ["it has closed just now", withSettings({ closesAtMs: NOW }), { code: "CLOSED_SINCE", sinceMs: NOW }],
    [
      "the rater is blocked",
      { ...FREE, member: { ...FREE.member, status: "blocked" } },
      { code: "RATER_BLOCKED" },
    ],
    [
      "consent was withdrawn",
      { ...FREE, member: { ...FREE.member, withdrawnAtMs: 1 } },
      { code: "CONSENT_WITHDRAWN" },
    ],
    ["another group", withSettings({ eligiblePools: ["experts"] }), { code: "POOL_NOT_ELIGIBLE" }],
    ["the right group", withSettings({ eligiblePools: ["experts", "main"] }), null],
    ["all arms are paused", { ...FREE, hasOpenArm: false }, { code: "NO_OPEN_ARM" }],
    ["the last place is free", { ...FREE, placesHeld: 9 }, null],
    ["all places are held", { ...FREE, placesHeld: 10 }, { code: "STUDY_FULL" }],
    ["over-recruitment", withSettings({ overRecruitment: 2 }, { placesHeld: 11 }), null],
    [
      "over-recruitment is used up",
      withSettings({ overRecruitment: 2 }, { placesHeld: 12 }),
      { code: "STUDY_FULL" },
    ],
    [
      "the cap",
      withSettings({ maxTrajectoriesPerRater: 3 }, { handedIn: 3 }),
      { code: "CAP_REACHED", cap: 3 },
    ],
    [
      "the daily cap, until the oldest start is a day old",
      withSettings(
        { maxTrajectoriesPerRaterPerDay: 2 },
        { startsOfDayMs: [NOW - HOUR, NOW - 5 * HOUR, NOW - 9 * HOUR] },
      ),
      { code: "DAILY_CAP_REACHED", cap: 2, untilMs: NOW + 19 * HOUR },
    ],
    [
      "starts of yesterday count no longer",
      withSettings({ maxTrajectoriesPerRaterPerDay: 1 }, { startsOfDayMs: [NOW - 24 * HOUR] }),
      null,
    ],
    [
      "the pause",
      withSettings({ minPauseMinutes: 30 }, { lastHandedInAtMs: NOW - 10 * MINUTE }),
      { code: "PAUSE", untilMs: NOW + 20 * MINUTE },
    ],
    [
      "the pause is over",
      withSettings({ minPauseMinutes: 30 }, { lastHandedInAtMs: NOW - 30 * MINUTE }),
      null,
    ],
  ])("%s", (_name, facts, refusal) => {
    expect(placeRefusal(facts, NOW)).toEqual(refusal);
  });

  const facts: fc.Arbitrary<PlaceFacts> = fc.record({
    studyStatus: fc.constantFrom(...STUDY_STATUSES),
    settings: fc.record({
      targetTrajectories: fc.integer({ min: 1, max: 5 }),
      overRecruitment: fc.nat(2),
      maxTrajectoriesPerRater: fc.option(fc.integer({ min: 1, max: 3 })),
      maxTrajectoriesPerRaterPerDay: fc.option(fc.integer({ min: 1, max: 3 })),
      minPauseMinutes: fc.nat(60),
      opensAtMs: fc.option(fc.integer({ min: NOW - HOUR, max: NOW + HOUR })),
      closesAtMs: fc.option(fc.integer({ min: NOW - HOUR, max: NOW + 48 * HOUR })),
      eligiblePools: fc.subarray(["main", "experts"]),
    }),
    hasOpenArm: fc.boolean(),
    member: fc.record({
      status: fc.constantFrom("active", "blocked"),
      pool: fc.constantFrom("main", ""),
      withdrawnAtMs: fc.option(fc.constant(1)),
    }),
    placesHeld: fc.nat(8),
    handedIn: fc.nat(4),
    startsOfDayMs: fc.array(fc.integer({ min: NOW - 24 * HOUR, max: NOW }), { maxLength: 3 }),
    lastHandedInAtMs: fc.option(fc.integer({ min: NOW - 2 * HOUR, max: NOW })),
  });

  test("a time that is told is the first at which that reason no longer holds", () => {
    fc.assert(
      fc.property(facts, (drawn) => {
        // A study that closes in the meantime gives another reason.
        const f = { ...drawn, settings: { ...drawn.settings, closesAtMs: null } };
        const refusal = placeRefusal(f, NOW);
        if (!refusal || !("untilMs" in refusal)) return;
        expect(refusal.untilMs).toBeGreaterThan(NOW);
        expect(placeRefusal(f, refusal.untilMs - 1)).toEqual(refusal);
        expect(placeRefusal(f, refusal.untilMs)?.code).not.toBe(refusal.code);
      }),
    );
  });

  test("no place is given beyond the limit, whatever it is for, but to those who hold it already", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom<PlacePurpose>("claim", "offer", "revive"), (f, purpose) => {
        const full = { ...f, placesHeld: placeLimit(f.settings) };
        expect(placeRefusal(full, NOW, purpose)).not.toBeNull();
      }),
    );
    expect(placeRefusal({ ...FREE, placesHeld: 10 }, NOW, "accept")).toBeNull();
  });

  test("a claim is the strictest purpose: what it allows, all others allow", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom<PlacePurpose>("offer", "accept", "revive"), (f, purpose) => {
        if (placeRefusal(f, NOW, "claim") === null) expect(placeRefusal(f, NOW, purpose)).toBeNull();
      }),
    );
  });

  test("every reason is a sentence and an error that carries it", () => {
    fc.assert(
      fc.property(facts, (f) => {
        const refusal = placeRefusal(f, NOW);
        if (!refusal) return;
        const error = refusalError(refusal);
        expect(error).toBeInstanceOf(RequestError);
        expect(error.userMessage).toBe(refusalText(refusal));
        expect(error.userMessage).toMatch(/[.!]$/);
        expect(error.details).toEqual({ refusal });
      }),
    );
  });
});

describe("a lease", () => {
  test("reminds within its last minutes and says how many are left", () => {
    const lease = renewedLease({ leaseMinutes: 60, reminderMinutes: 15 }, NOW);
    expect(reminderMinutesLeft(lease, NOW + 44 * MINUTE)).toBeNull();
    expect(reminderMinutesLeft(lease, NOW + 45 * MINUTE)).toBe(15);
    expect(reminderMinutesLeft(lease, NOW + 59 * MINUTE + 1)).toBe(0);
    expect(reminderMinutesLeft(lease, NOW + 90 * MINUTE)).toBe(0);
    expect(reminderMinutesLeft(leaseUntil(NOW, 0), NOW)).toBeNull();
    const short = renewedLease({ leaseMinutes: 10, reminderMinutes: 30 }, NOW);
    expect(reminderMinutesLeft(short, NOW)).toBeNull();
    expect(reminderMinutesLeft(short, NOW + 6 * MINUTE)).toBe(4);
  });
});

describe("settings that do not fit together", () => {
  // Settings that were published before a rule existed still parse.
  const problemsOf = (changes: object) =>
    settingsProblems(studySettingsSchema.parse({ ...defaultStudySettings(), ...changes })).map((p) =>
      p.path.join("."),
    );

  test.each<[string, object, string[]]>([
    ["the defaults", {}, []],
    ["a window that ends before it begins", { opensAtMs: 2, closesAtMs: 1 }, ["closesAtMs"]],
    ["a window", { opensAtMs: 1, closesAtMs: 2 }, []],
    [
      "more a day than in all",
      { maxTrajectoriesPerRater: 2, maxTrajectoriesPerRaterPerDay: 3 },
      ["maxTrajectoriesPerRaterPerDay"],
    ],
    ["a reminder before the lease begins", { leaseMinutes: 30, reminderMinutes: 30 }, ["reminderMinutes"]],
    ["a consent step without text", { optionalPhases: ["consent"] }, ["consent.text"]],
    [
      "a consent step with text",
      { optionalPhases: ["consent"], consent: { text: "I agree to take part." } },
      [],
    ],
    [
      "a use that is listed twice",
      {
        consent: {
          scopes: [
            { scope: "images", required: true },
            { scope: "images", required: false },
          ],
        },
      },
      ["consent.scopes"],
    ],
    ["an empty questionnaire", { optionalPhases: ["about_you"] }, ["aboutYouQuestions"]],
    ["cues without a list", { prompts: { mode: "cue", items: [] } }, ["prompts.items"]],
    ["given prompts without a list", { prompts: { mode: "given" } }, ["prompts.items"]],
    ["a prompt twice", { prompts: { mode: "given", items: ["A cat", "a cat"] } }, ["prompts.items"]],
    ["a list that free prompts do not use", { prompts: { mode: "free", items: ["a", "a"] } }, []],
    ["a group twice", { eligiblePools: ["main", "Main"] }, ["eligiblePools"]],
    ["pay by the hour without an amount", { payUnit: "hour", payPerTrajectoryCents: 5 }, ["payPerHourCents"]],
  ])("%s", (_name, changes, paths) => {
    expect(problemsOf(changes)).toEqual(paths);
  });
});
