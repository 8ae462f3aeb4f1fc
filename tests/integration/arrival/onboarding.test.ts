import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { consentSchema } from "../../../app/domain/study-parts.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { getSession } from "../../../app/services/assignment/get-session.server.ts";
import { declineConsent } from "../../../app/services/onboarding/decline-consent.server.ts";
import { finishPractice } from "../../../app/services/onboarding/finish-practice.server.ts";
import { getConsent } from "../../../app/services/onboarding/get-consent.server.ts";
import { getLeft } from "../../../app/services/onboarding/get-left.server.ts";
import { getPractice } from "../../../app/services/onboarding/get-practice.server.ts";
import { giveConsent } from "../../../app/services/onboarding/give-consent.server.ts";
import { saveAboutYou } from "../../../app/services/onboarding/save-about-you.server.ts";
import { tryPractice } from "../../../app/services/onboarding/try-practice.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { updateStudySettings } from "../../../app/services/study/update-study-settings.server.ts";
import { readInstructions } from "../../../app/services/trajectory/read-instructions.server.ts";
import { submitInitialPrompt } from "../../../app/services/trajectory/submit-initial-prompt.server.ts";
import { describeBothDatabases, quickSettings, type TestContext } from "../../support/context.ts";
import { addToStudy, newSubmission, openStudy, wholeSession } from "../../support/session.ts";

const consent = consentSchema.parse({
  text: "We keep what you do.\n\nYou can stop at any time.",
  scopes: [
    { scope: "research_internal", required: true },
    { scope: "public_release", required: false },
  ],
});
const settings = {
  optionalPhases: ["consent", "about_you", "practice"] as const satisfies string[],
  consent,
  aboutYouQuestions: ["age_band", "gender"] as const satisfies string[],
};

describeBothDatabases("the steps before the prompt", (open) => {
  let test0: TestContext;
  let studyId: string;
  let coordinator: Actor;
  let raters: Actor[];
  beforeAll(async () => {
    test0 = open();
    ({ studyId, coordinator, raters } = await openStudy(test0.ctx, {
      settings: { ...settings, optionalPhases: [...settings.optionalPhases], targetTrajectories: 6 },
      raterCount: 5,
    }));
  });
  const start = async (rater: Actor) =>
    (await claimAssignment(test0.ctx, rater, { studyId, submissionId: newSubmission() })).assignmentId;
  const phaseOf = async (rater: Actor, assignmentId: string) =>
    (await getSession(test0.ctx, rater, { assignmentId })).phase;
  const id = () => ({ submissionId: newSubmission() });

  test("consent, about you, instructions, practice and prompt follow one another, each stored with its time", async () => {
    const { ctx } = test0;
    const rater = raters[0] as Actor;
    const assignmentId = await start(rater);
    expect(await phaseOf(rater, assignmentId)).toBe("consent");
    await expect(
      submitInitialPrompt(ctx, rater, { assignmentId, ...id(), prompt: "a lighthouse at night" }),
    ).rejects.toMatchObject({ code: "WRONG_PHASE" });
    await expect(
      giveConsent(ctx, rater, { assignmentId, ...id(), scopes: ["public_release"] }),
    ).rejects.toMatchObject({ code: "INVALID_INPUT", fields: { research_internal: expect.any(String) } });
    const agreed = { assignmentId, ...id(), scopes: ["research_internal", "demographics"] };
    expect(await giveConsent(ctx, rater, agreed)).toMatchObject({ phase: "about_you" });
    // A scope that is not asked for cannot be given.
    const { consents } = ctx.store.t;
    expect(
      await ctx.store.read
        .select()
        .from(consents)
        .where(eq(consents.raterId, rater.raterId as string)),
    ).toMatchObject([{ consentVersion: 1, scopes: ["research_internal"], givenAtMs: ctx.now(), studyId }]);
    // A repeat, and a form from another tab, change nothing.
    expect(await giveConsent(ctx, rater, agreed)).toMatchObject({ phase: "about_you" });
    expect(
      await giveConsent(ctx, rater, {
        assignmentId,
        ...id(),
        scopes: ["research_internal", "public_release"],
      }),
    ).toMatchObject({ phase: "about_you" });

    const answers = { age_band: "25_34", gender: "not an option", region: "europe" };
    expect(await saveAboutYou(ctx, rater, { assignmentId, ...id(), answers })).toMatchObject({
      phase: "instructions",
    });
    const { raterProfiles } = ctx.store.t;
    const [profile] = await ctx.store.read
      .select()
      .from(raterProfiles)
      .where(eq(raterProfiles.raterId, rater.raterId as string));
    expect(profile?.answers).toEqual({ age_band: "25_34", gender: "" });

    expect(await readInstructions(ctx, rater, { assignmentId, ...id() })).toMatchObject({
      phase: "practice",
    });
    expect(await finishPractice(ctx, rater, { assignmentId, ...id() })).toMatchObject({ phase: "prompt" });
    await submitInitialPrompt(ctx, rater, { assignmentId, ...id(), prompt: "a lighthouse at night" });
    expect(await phaseOf(rater, assignmentId)).toBe("interaction");
  });

  test("a second task asks for nothing again; a new consent text does, and only for consent", async () => {
    const { ctx } = test0;
    const rater = raters[1] as Actor;
    await wholeSession(ctx, rater, studyId);
    const second = await start(rater);
    expect(await phaseOf(rater, second)).toBe("instructions");
    expect(await readInstructions(ctx, rater, { assignmentId: second, ...id() })).toMatchObject({
      phase: "prompt",
    });
    await ctx.store.tx((tx) =>
      tx
        .update(ctx.store.t.assignments)
        .set({ status: "returned" })
        .where(eq(ctx.store.t.assignments.id, second)),
    );
    await updateStudySettings(ctx, coordinator, {
      studyId,
      settings: quickSettings({
        ...settings,
        optionalPhases: [...settings.optionalPhases],
        targetTrajectories: 6,
        consent: { ...consent, version: 2, text: "Something else." },
      }),
      ...id(),
    });
    await setStudyStatus(ctx, coordinator, { studyId, action: "publish", ...id() });
    const third = await start(rater);
    expect(await phaseOf(rater, third)).toBe("consent");
    expect(await getConsent(ctx, rater, { assignmentId: third })).toMatchObject({
      version: 2,
      text: "Something else.",
    });
    expect(
      await giveConsent(ctx, rater, { assignmentId: third, ...id(), scopes: ["research_internal"] }),
    ).toMatchObject({ phase: "instructions" });
  });

  test("who declines leaves at once, and the place is free for somebody else", async () => {
    const { ctx } = test0;
    const rater = raters[2] as Actor;
    const assignmentId = await start(rater);
    await expect(getLeft(ctx, rater, { assignmentId })).rejects.toMatchObject({ code: "WRONG_PHASE" });
    const declined = { assignmentId, ...id() };
    expect(await declineConsent(ctx, rater, declined)).toEqual({ status: "returned" });
    expect(await declineConsent(ctx, rater, declined)).toEqual({ status: "returned" });
    expect(await getLeft(ctx, rater, { assignmentId })).toMatchObject({ exit: null });
    await expect(
      giveConsent(ctx, rater, { assignmentId, ...id(), scopes: ["research_internal"] }),
    ).rejects.toMatchObject({ code: "ASSIGNMENT_NOT_LIVE" });
    const { consents } = ctx.store.t;
    expect(
      await ctx.store.read
        .select()
        .from(consents)
        .where(eq(consents.raterId, rater.raterId as string)),
    ).toEqual([]);
    // After a change of mind they can start anew.
    const again = await start(rater);
    expect(again).not.toBe(assignmentId);
    await giveConsent(ctx, rater, { assignmentId: again, ...id(), scopes: ["research_internal"] });
    await expect(declineConsent(ctx, rater, { assignmentId: again, ...id() })).rejects.toMatchObject({
      code: "WRONG_PHASE",
    });
  });

  test("practice tells which column is right and why, as often as wanted, and leaves nothing in a trajectory", async () => {
    const { ctx } = test0;
    const rater = raters[3] as Actor;
    const assignmentId = await start(rater);
    await expect(getPractice(ctx, rater, { assignmentId })).rejects.toMatchObject({ code: "WRONG_PHASE" });
    await giveConsent(ctx, rater, { assignmentId, ...id(), scopes: ["research_internal"] });
    await saveAboutYou(ctx, rater, { assignmentId, ...id(), answers: {} });
    await readInstructions(ctx, rater, { assignmentId, ...id() });
    await expect(
      tryPractice(ctx, rater, { assignmentId, ...id(), column: Number.NaN }),
    ).rejects.toMatchObject({
      fields: { column: expect.any(String) },
    });
    expect(await tryPractice(ctx, rater, { assignmentId, ...id(), column: 1 })).toMatchObject({
      right: false,
    });
    expect(await tryPractice(ctx, rater, { assignmentId, ...id(), column: 3 })).toMatchObject({
      right: true,
      lesson: expect.stringContaining("3B"),
    });
    await finishPractice(ctx, rater, { assignmentId, ...id() });
    const { events, choices, turns, trajectories } = ctx.store.t;
    const practised = (
      await ctx.store.read.select().from(events).where(eq(events.assignmentId, assignmentId))
    ).filter((event) => event.type.startsWith("practice."));
    expect(practised.map((event) => event.type)).toEqual([
      "practice.tried",
      "practice.tried",
      "practice.finished",
    ]);
    expect(practised.every((event) => event.trajectoryId === null)).toBe(true);
    const [trajectory] = await ctx.store.read
      .select()
      .from(trajectories)
      .where(eq(trajectories.assignmentId, assignmentId));
    const ofTrajectory = trajectory?.id as string;
    expect(await ctx.store.read.select().from(choices).where(eq(choices.trajectoryId, ofTrajectory))).toEqual(
      [],
    );
    expect(await ctx.store.read.select().from(turns).where(eq(turns.trajectoryId, ofTrajectory))).toEqual([]);
  });

  describe("a rater without a study's extra steps", () => {
    test("begins with the instructions", async () => {
      const { ctx } = test0;
      const plain = await openStudy(ctx);
      const rater = plain.raters[0] as Actor;
      await addToStudy(ctx, studyId, rater);
      const { assignmentId } = await claimAssignment(ctx, rater, { studyId: plain.studyId, ...id() });
      expect(await phaseOf(rater, assignmentId)).toBe("instructions");
    });
  });
});
