import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  aboutYouOptions,
  isAboutYouAsked,
  PREFER_NOT_TO_SAY,
  readAboutYou,
} from "../../../app/domain/about-you.ts";
import { agreedScopes, missingScopes, SCOPE_TEXTS } from "../../../app/domain/consent.ts";
import { phasePath } from "../../../app/domain/paths.ts";
import { earnedCents } from "../../../app/domain/pay.ts";
import { PHASES } from "../../../app/domain/phase.ts";
import { PRACTICE_BEST, PRACTICE_COLUMNS, practiceVerdict } from "../../../app/domain/practice.ts";
import { ABOUT_YOU_QUESTIONS, consentSchema } from "../../../app/domain/study-parts.ts";
import { CONSENT_SCOPES } from "../../../app/domain/vocabulary.ts";
import { fixedPicturePath, fixedSlate } from "../../../app/features/onboarding/fixed-slate.ts";
import { projectRoot } from "../../../db/store.ts";

describe("the questions about a rater", () => {
  test.each(ABOUT_YOU_QUESTIONS)("%s offers “prefer not to say”, last, and each answer once", (question) => {
    const values = aboutYouOptions(question);
    expect(values.at(-1)).toBe(PREFER_NOT_TO_SAY);
    expect(new Set(values).size).toBe(values.length);
  });

  test("what is no option counts as left blank, and a blank question is not asked again", () => {
    const answers = readAboutYou(["gender", "region"], (q) => (q === "gender" ? "woman" : "<script>"));
    expect(answers).toEqual({ gender: "woman", region: "" });
    expect(isAboutYouAsked(["region"], answers)).toBe(true);
    expect(isAboutYouAsked(["region", "age_band"], answers)).toBe(false);
  });
});

describe("consent", () => {
  const consent = consentSchema.parse({
    scopes: [
      { scope: "research_internal", required: true },
      { scope: "images", required: false },
    ],
  });

  test("every scope has words of its own", () => {
    expect(new Set(CONSENT_SCOPES.map((scope) => SCOPE_TEXTS[scope])).size).toBe(CONSENT_SCOPES.length);
  });

  test("what was not asked for is not agreed to, and what is needed is named", () => {
    expect(agreedScopes(consent, ["images", "public_release", "images"])).toEqual(["images"]);
    expect(missingScopes(consent, ["images"])).toEqual(["research_internal"]);
    expect(missingScopes(consent, ["research_internal"])).toEqual([]);
  });
});

describe("the practice turn", () => {
  test("exactly one column is right, and each says why", () => {
    const verdicts = PRACTICE_COLUMNS.map((_, i) => practiceVerdict(i + 1));
    expect(verdicts.filter((v) => v.right).map((v) => v.column)).toEqual([PRACTICE_BEST.column]);
    expect(new Set(verdicts.map((v) => v.lesson)).size).toBe(4);
    expect(PRACTICE_BEST.image.startsWith(String(PRACTICE_BEST.column))).toBe(true);
  });

  test.each(["slate", "example"] as const)("all sixteen pictures of the %s are committed", (name) => {
    const images = fixedSlate(name).flatMap((column) => column.images);
    expect(images).toHaveLength(16);
    for (const { imageId } of images) {
      expect(existsSync(join(projectRoot(), "public", fixedPicturePath(imageId)))).toBe(true);
    }
  });
});

describe("pay", () => {
  const terms = { payPerTrajectoryCents: 250, payPerHourCents: 1200 };

  test("for a trajectory is fixed, for an hour follows the time, and is unknown where that is", () => {
    expect(earnedCents({ ...terms, payUnit: "trajectory" }, null)).toBe(250);
    expect(earnedCents({ ...terms, payUnit: "hour" }, 900_000)).toBe(300);
    expect(earnedCents({ ...terms, payUnit: "hour" }, null)).toBeNull();
    expect(earnedCents({ ...terms, payUnit: "hour" }, 0)).toBe(0);
  });
});

test("every phase has a page of its own", () => {
  const of = (phase: (typeof PHASES)[number]) =>
    phasePath({ assignmentId: "asg_1", phase, chosenTurns: 0, horizon: 5 });
  expect(new Set(PHASES.map(of)).size).toBe(PHASES.length);
});
