import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { PLACE_HOLDING_STATUSES } from "../../../app/domain/assignment.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { getRaterHome } from "../../../app/services/assignment/get-rater-home.server.ts";
import { getSession } from "../../../app/services/assignment/get-session.server.ts";
import { returnAssignment } from "../../../app/services/assignment/return-assignment.server.ts";
import { sweepLeases } from "../../../app/services/assignment/sweep-leases.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { saveFields } from "../../../app/services/trajectory/save-fields.server.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { newSubmission, openStudy, sendPrompt, startTask, wholeSession } from "../../support/session.ts";

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (e: unknown) => {
      if (e instanceof RequestError) return e.code;
      throw e;
    },
  );

describeBothDatabases("claiming a place", (open) => {
  const ctx = () => open().ctx;

  test("never gives more places than the target, however many ask at once", async () => {
    const { studyId, raters } = await openStudy(ctx(), {
      raterCount: 12,
      settings: { targetTrajectories: 5 },
    });
    const results = await Promise.all(
      raters.map((rater) =>
        outcome(claimAssignment(ctx(), rater, { studyId, submissionId: newSubmission() })),
      ),
    );
    expect(results.filter((r) => r === "ok")).toHaveLength(5);
    expect(results.filter((r) => r === "STUDY_FULL")).toHaveLength(7);
    const { assignments } = ctx().store.t;
    const held = await ctx().store.read.$count(
      assignments,
      and(eq(assignments.studyId, studyId), inArray(assignments.status, [...PLACE_HOLDING_STATUSES])),
    );
    expect(Number(held)).toBe(5);
  });

  test("gives one rater one live task, however often they click", async () => {
    const { studyId, raters } = await openStudy(ctx());
    const [rater] = raters;
    if (!rater) throw new Error("no rater");
    const ids = await Promise.all(
      Array.from({ length: 6 }, () =>
        claimAssignment(ctx(), rater, { studyId, submissionId: newSubmission() }),
      ),
    );
    expect(new Set(ids.map((x) => x.assignmentId)).size).toBe(1);
  });

  test("frees the place of a lease that ran out, keeps the work, and gives it back while there is room", async () => {
    const { studyId, raters } = await openStudy(ctx(), {
      raterCount: 3,
      settings: { targetTrajectories: 1 },
    });
    const [first, second, third] = raters;
    if (!first || !second || !third) throw new Error("no raters");
    const task = await startTask(ctx(), first, studyId);
    await saveFields(ctx(), first, {
      assignmentId: task,
      writerToken: 0,
      saves: [{ field: "prompt", value: "half a prompt", baseRevision: 0 }],
    });
    expect(await outcome(claimAssignment(ctx(), second, { studyId, submissionId: newSubmission() }))).toBe(
      "STUDY_FULL",
    );
    open().advance(181 * 60_000);
    const taken = await claimAssignment(ctx(), second, { studyId, submissionId: newSubmission() });
    // The first rater comes back: the place is gone, the work is not.
    await getSession(ctx(), first, { assignmentId: task });
    const home = await getRaterHome(ctx(), first);
    expect(home.inProgress).toMatchObject([{ assignmentId: task, status: "expired" }]);
    await returnAssignment(ctx(), second, {
      assignmentId: taken.assignmentId,
      submissionId: newSubmission(),
    });
    await getSession(ctx(), first, { assignmentId: task });
    expect((await getRaterHome(ctx(), first)).inProgress).toMatchObject([
      { assignmentId: task, status: "active" },
    ]);
    expect(await outcome(claimAssignment(ctx(), third, { studyId, submissionId: newSubmission() }))).toBe(
      "STUDY_FULL",
    );
  });

  test("offers a place on the home page as soon as the lease that held it has run out", async () => {
    const { studyId, raters } = await openStudy(ctx(), {
      raterCount: 2,
      settings: { targetTrajectories: 1 },
    });
    const [first, second] = raters;
    if (!first || !second) throw new Error("no raters");
    await startTask(ctx(), first, studyId);
    const offer = async () => (await getRaterHome(ctx(), second)).available[0];
    expect(await offer()).toMatchObject({
      placesLeft: 0,
      blockedReason: "All places of this study are taken.",
    });
    open().advance(181 * 60_000);
    expect(await offer()).toMatchObject({ placesLeft: 1, blockedReason: null });
    expect(await sweepLeases(ctx())).toBeGreaterThanOrEqual(1);
    expect(await sweepLeases(ctx())).toBe(0);
    expect(await offer()).toMatchObject({ placesLeft: 1, blockedReason: null });
  });

  test("revives nothing that the study's rules forbid now", async () => {
    const { studyId, coordinator, raters } = await openStudy(ctx(), {
      settings: { maxTrajectoriesPerRater: 1 },
    });
    const [rater] = raters;
    if (!rater) throw new Error("no rater");
    const old = await startTask(ctx(), rater, studyId);
    open().advance(181 * 60_000);
    await sweepLeases(ctx());
    await wholeSession(ctx(), rater, studyId);
    const statusOf = async () =>
      (await getRaterHome(ctx(), rater)).inProgress.find((r) => r.assignmentId === old)?.status;
    await getSession(ctx(), rater, { assignmentId: old });
    expect(await statusOf(), "the cap is reached").toBe("expired");
    await setStudyStatus(ctx(), coordinator, { studyId, action: "close", submissionId: newSubmission() });
    await getSession(ctx(), rater, { assignmentId: old });
    expect(await statusOf()).toBe("expired");
  });

  test("takes a prompt that comes after the lease ran out, while there is a place", async () => {
    const { studyId, raters } = await openStudy(ctx());
    const [rater] = raters;
    if (!rater) throw new Error("no rater");
    const task = await startTask(ctx(), rater, studyId);
    open().advance(181 * 60_000);
    await sweepLeases(ctx());
    await sendPrompt(ctx(), rater, task);
    expect((await getSession(ctx(), rater, { assignmentId: task })).phase).toBe("interaction");
    expect((await getRaterHome(ctx(), rater)).inProgress[0]?.status).toBe("active");
  });

  test("renews the lease with any request", async () => {
    const { studyId, raters } = await openStudy(ctx());
    const [rater] = raters;
    if (!rater) throw new Error("no rater");
    const task = await startTask(ctx(), rater, studyId);
    for (let i = 0; i < 4; i++) {
      open().advance(100 * 60_000);
      await getSession(ctx(), rater, { assignmentId: task });
    }
    expect((await getRaterHome(ctx(), rater)).inProgress[0]?.status).toBe("active");
  });

  test("says the true reason when there is no work", async () => {
    const { studyId, coordinator, raters } = await openStudy(ctx(), {
      settings: { maxTrajectoriesPerRater: 1 },
    });
    const [rater] = raters;
    if (!rater) throw new Error("no rater");
    const reason = async () => (await getRaterHome(ctx(), rater)).available[0]?.blockedReason;
    expect(await reason()).toBeNull();
    await wholeSession(ctx(), rater, studyId);
    expect(await reason()).toMatch(/all 1 of your tasks/);
    expect(await outcome(claimAssignment(ctx(), rater, { studyId, submissionId: newSubmission() }))).toBe(
      "RATER_CAP_REACHED",
    );
    await setStudyStatus(ctx(), coordinator, { studyId, action: "pause", submissionId: newSubmission() });
    expect(await reason()).toMatch(/paused/);
    expect(await outcome(claimAssignment(ctx(), rater, { studyId, submissionId: newSubmission() }))).toBe(
      "STUDY_NOT_OPEN",
    );
  });

  test("is not possible in a study that one was not invited to", async () => {
    const { studyId } = await openStudy(ctx());
    const { raters } = await openStudy(ctx());
    const [stranger] = raters;
    if (!stranger) throw new Error("no rater");
    expect(await outcome(claimAssignment(ctx(), stranger, { studyId, submissionId: newSubmission() }))).toBe(
      "NOT_FOUND",
    );
  });

  test("draws arms in balance within each rater", async () => {
    const { studyId, raters } = await openStudy(ctx(), { raterCount: 2 });
    const { trajectories } = ctx().store.t;
    for (const rater of raters) {
      for (let i = 0; i < 8; i++) {
        const task = await startTask(ctx(), rater, studyId);
        await sendPrompt(ctx(), rater, task);
        await returnAssignment(ctx(), rater, { assignmentId: task, submissionId: newSubmission() });
        const rows = await ctx()
          .store.read.select({ armId: trajectories.armId })
          .from(trajectories)
          .where(eq(trajectories.raterId, rater.raterId as string));
        const counts = [...Map.groupBy(rows, (r) => r.armId).values()].map((g) => g.length);
        // A block of 4 may begin with both entries of one arm.
        expect(Math.abs((counts[0] ?? 0) - (counts[1] ?? 0))).toBeLessThanOrEqual(2);
      }
    }
  });
});
