import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import type { StudySettings } from "../../../app/domain/study-settings.ts";
import { answerOffer } from "../../../app/services/assignment/answer-offer.server.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { getRaterHome } from "../../../app/services/assignment/get-rater-home.server.ts";
import { offerAssignment } from "../../../app/services/assignment/offer-assignment.server.ts";
import { returnForCorrection } from "../../../app/services/assignment/return-for-correction.server.ts";
import { createPerson, describeBothDatabases, type TestContext } from "../../support/context.ts";
import { addToStudy, newSubmission, openStudy, wholeSession } from "../../support/session.ts";

describeBothDatabases("the rater's home", (open) => {
  let env: TestContext;
  beforeAll(() => {
    env = open();
  });
  const study = async (settings: Partial<StudySettings>) => {
    const made = await openStudy(env.ctx, { settings, raterCount: 1 });
    return { ...made, rater: made.raters[0] as Actor };
  };
  const home = (rater: Actor) => getRaterHome(env.ctx, rater);

  test("says until when a pause lasts, that a study is full, and when it opens", async () => {
    const { ctx } = env;
    const pause = await study({ minPauseMinutes: 30 });
    await wholeSession(ctx, pause.rater, pause.studyId);
    expect((await home(pause.rater)).available).toMatchObject([
      { refusal: { code: "PAUSE", untilMs: ctx.now() + 30 * 60_000 } },
    ]);
    await expect(
      claimAssignment(ctx, pause.rater, { studyId: pause.studyId, submissionId: newSubmission() }),
    ).rejects.toMatchObject({ code: "PAUSE_NEEDED" });
    env.advance(30 * 60_000);
    expect((await home(pause.rater)).available).toMatchObject([{ refusal: null }]);

    const full = await study({ targetTrajectories: 1 });
    const other = await createPerson(ctx, "rater");
    await addToStudy(ctx, full.studyId, other);
    await claimAssignment(ctx, other, { studyId: full.studyId, submissionId: newSubmission() });
    expect((await home(full.rater)).available).toMatchObject([
      { refusal: { code: "STUDY_FULL" }, placesLeft: 0 },
    ]);

    const opensAtMs = ctx.now() + 3_600_000;
    const later = await study({ opensAtMs });
    expect((await home(later.rater)).available).toMatchObject([
      { refusal: { code: "OPENS_LATER", untilMs: opensAtMs } },
    ]);
    const others = await study({ eligiblePools: ["artists"] });
    expect((await home(others.rater)).available).toMatchObject([{ refusal: { code: "POOL_NOT_ELIGIBLE" } }]);
  });

  test("shows an offer until it is taken or declined, and then the task or nothing", async () => {
    const { ctx } = env;
    const { studyId, coordinator, rater } = await study({ expectedMinutes: 20 });
    const offer = () =>
      offerAssignment(ctx, coordinator, {
        studyId,
        to: { raterIds: [rater.raterId as string] },
        submissionId: newSubmission(),
      });
    await offer();
    const [first] = (await home(rater)).offers;
    expect(first).toMatchObject({ status: "offered", expectedMinutes: 20 });
    expect((await home(rater)).inProgress).toEqual([]);
    await answerOffer(ctx, rater, {
      assignmentId: first?.assignmentId as string,
      accept: false,
      submissionId: newSubmission(),
    });
    expect((await home(rater)).offers).toEqual([]);
    await offer();
    const [second] = (await home(rater)).offers;
    await answerOffer(ctx, rater, {
      assignmentId: second?.assignmentId as string,
      accept: true,
      submissionId: newSubmission(),
    });
    expect(await home(rater)).toMatchObject({
      offers: [],
      inProgress: [{ assignmentId: second?.assignmentId, status: "active" }],
    });
  });

  test("shows what to correct, and the history with time and pay as far as they were measured", async () => {
    const { ctx } = env;
    const { studyId, coordinator, rater } = await study({
      payUnit: "hour",
      payPerHourCents: 1200,
      payCurrency: "EUR",
    });
    const { assignmentId } = await wholeSession(ctx, rater, studyId);
    expect(await home(rater)).toMatchObject({
      history: [{ assignmentId, workMs: null, earnedCents: null, payUnit: "hour", payCents: 1200 }],
      earnings: [{ currency: "EUR", cents: 0, tasks: 1, unmeasuredTasks: 1 }],
    });
    const { choices, trajectories } = ctx.store.t;
    const [trajectory] = await ctx.store.read
      .select()
      .from(trajectories)
      .where(eq(trajectories.assignmentId, assignmentId));
    await ctx.store.tx((tx) =>
      tx
        .update(choices)
        .set({ activeMs: 150_000, waitingMs: 30_000 })
        .where(eq(choices.trajectoryId, trajectory?.id as string)),
    );
    // Five turns of three minutes: a quarter of an hour.
    expect(await home(rater)).toMatchObject({
      history: [{ workMs: 900_000, earnedCents: 300 }],
      earnings: [{ currency: "EUR", cents: 300, tasks: 1, unmeasuredTasks: 0 }],
    });
    await returnForCorrection(ctx, coordinator, {
      assignmentId,
      note: "Please say why in turn 2.",
      submissionId: newSubmission(),
    });
    expect(await home(rater)).toMatchObject({
      history: [],
      earnings: [],
      inProgress: [{ assignmentId, status: "active", reviewNote: "Please say why in turn 2." }],
    });
  });
});
