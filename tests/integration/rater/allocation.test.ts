import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import type { ArmStatus } from "../../../app/domain/vocabulary.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { getRaterHome } from "../../../app/services/assignment/get-rater-home.server.ts";
import { returnAssignment } from "../../../app/services/assignment/return-assignment.server.ts";
import { sweepLeases } from "../../../app/services/assignment/sweep-leases.server.ts";
import { setArmStatus } from "../../../app/services/study/set-arm-status.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { updateStudySettings } from "../../../app/services/study/update-study-settings.server.ts";
import { getPrompt } from "../../../app/services/trajectory/get-prompt.server.ts";
import { submitInitialPrompt } from "../../../app/services/trajectory/submit-initial-prompt.server.ts";
import { describeBothDatabases, quickSettings } from "../../support/context.ts";
import { newSubmission, openStudy, startTask } from "../../support/session.ts";

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (e: unknown) => {
      if (e instanceof RequestError) return e.code;
      throw e;
    },
  );

describeBothDatabases("allocation of arms and prompts", (open) => {
  const ctx = () => open().ctx;

  /** The arm that the rater's next prompt gets. */
  const draw = async (rater: Actor, studyId: string) => {
    const assignmentId = await startTask(ctx(), rater, studyId);
    await submitInitialPrompt(ctx(), rater, {
      assignmentId,
      submissionId: newSubmission(),
      prompt: "a lighthouse in a storm at night",
    });
    await returnAssignment(ctx(), rater, { assignmentId, submissionId: newSubmission() });
    const { trajectories, arms } = ctx().store.t;
    const [row] = await ctx()
      .store.read.select({ armKey: arms.armKey, probability: trajectories.armProbability })
      .from(trajectories)
      .innerJoin(arms, eq(arms.id, trajectories.armId))
      .where(eq(trajectories.assignmentId, assignmentId));
    if (!row) throw new Error("no arm was drawn");
    return row;
  };
  const setArm = (coordinator: Actor, studyId: string, armKey: string, status: ArmStatus) =>
    setArmStatus(ctx(), coordinator, { studyId, armKey, status, submissionId: newSubmission() });

  test("a paused arm is given to nobody, the rest is recorded with its true probability, and nothing past changes", async () => {
    const { studyId, coordinator, raters } = await openStudy(ctx());
    const rater = raters[0] as Actor;
    const before = [await draw(rater, studyId), await draw(rater, studyId), await draw(rater, studyId)];
    expect(before.every((d) => d.probability === 0.5)).toBe(true);
    await setArm(coordinator, studyId, "random", "paused");
    for (let i = 0; i < 4; i++) {
      expect(await draw(rater, studyId)).toEqual({ armKey: "attribute-value", probability: 1 });
    }
    await setArm(coordinator, studyId, "random", "open");
    expect((await draw(rater, studyId)).probability).toBe(0.5);
    const { allocationLists, allocationEntries, auditLog } = ctx().store.t;
    const entries = await ctx()
      .store.read.select({
        position: allocationEntries.position,
        trajectoryId: allocationEntries.trajectoryId,
      })
      .from(allocationEntries)
      .innerJoin(allocationLists, eq(allocationLists.id, allocationEntries.listId))
      .where(and(eq(allocationLists.studyId, studyId), eq(allocationLists.stratum, rater.raterId as string)))
      .orderBy(asc(allocationEntries.position));
    expect(entries.map((e) => e.position)).toEqual(entries.map((_, i) => i));
    const used = entries.flatMap((e) => e.trajectoryId ?? []);
    expect(used).toHaveLength(8);
    expect(new Set(used).size).toBe(8);
    const audit = await ctx()
      .store.read.select({ action: auditLog.action })
      .from(auditLog)
      .where(eq(auditLog.subjectId, studyId));
    expect(audit.map((a) => a.action)).toEqual(expect.arrayContaining(["arm.paused", "arm.opened"]));
  });

  test("while every arm is paused there is no work, and the rater is not told more", async () => {
    const { studyId, coordinator, raters } = await openStudy(ctx());
    const rater = raters[0] as Actor;
    for (const key of ["random", "attribute-value"]) await setArm(coordinator, studyId, key, "paused");
    const claim = () => claimAssignment(ctx(), rater, { studyId, submissionId: newSubmission() });
    expect(await outcome(claim())).toBe("STUDY_NOT_OPEN");
    const home = await getRaterHome(ctx(), rater);
    expect(home.available).toMatchObject([{ refusal: { code: "NO_OPEN_ARM" } }]);
    expect(JSON.stringify(home)).not.toMatch(/attribute-value|lexicon/i);
    expect(await outcome(setArm(coordinator, studyId, "no-such-arm", "paused"))).toBe("NOT_FOUND");
    expect(await outcome(setArm(rater, studyId, "random", "open"))).toBe("FORBIDDEN");
  });

  test("an arm that is paused stays paused when a change of the settings is published", async () => {
    const { studyId, coordinator, raters } = await openStudy(ctx());
    await setArm(coordinator, studyId, "random", "paused");
    await updateStudySettings(ctx(), coordinator, {
      studyId,
      settings: quickSettings({ targetTrajectories: 7 }),
      submissionId: newSubmission(),
    });
    await setStudyStatus(ctx(), coordinator, { studyId, action: "publish", submissionId: newSubmission() });
    expect(await draw(raters[0] as Actor, studyId)).toEqual({ armKey: "attribute-value", probability: 1 });
  });

  test("with arms by rater each keeps one arm, and arms balance within each group", async () => {
    const { studyId, coordinator, raters } = await openStudy(ctx(), {
      raterCount: 8,
      settings: { allocationLevel: "rater" },
    });
    const { raters: table } = ctx().store.t;
    for (const [i, rater] of raters.entries()) {
      await ctx().store.tx((tx) =>
        tx
          .update(table)
          .set({ pool: i < 4 ? "north" : "south" })
          .where(eq(table.id, rater.raterId as string)),
      );
    }
    const arms: string[] = [];
    for (const rater of raters) {
      const first = await draw(rater, studyId);
      expect(await draw(rater, studyId)).toEqual(first);
      expect(first.probability).toBe(0.5);
      arms.push(first.armKey);
    }
    for (const group of [arms.slice(0, 4), arms.slice(4)]) {
      expect(Math.abs(group.filter((a) => a === "random").length - 2)).toBeLessThanOrEqual(1);
    }
    // Whose arm is paused has no work; the others go on.
    const armOfFirst = arms[0] as string;
    await setArm(coordinator, studyId, armOfFirst, "paused");
    const claim = (rater: Actor) => claimAssignment(ctx(), rater, { studyId, submissionId: newSubmission() });
    expect(await outcome(claim(raters[0] as Actor))).toBe("STUDY_NOT_OPEN");
    const otherRater = raters[arms.findIndex((a) => a !== armOfFirst)] as Actor;
    expect(await outcome(claim(otherRater))).toBe("ok");
  });

  test("a rater's arm outlives a new version of the settings that still has it", async () => {
    const { studyId, coordinator, raters } = await openStudy(ctx(), {
      settings: { allocationLevel: "rater" },
    });
    const rater = raters[0] as Actor;
    const first = await draw(rater, studyId);
    await updateStudySettings(ctx(), coordinator, {
      studyId,
      settings: quickSettings({ allocationLevel: "rater", targetTrajectories: 9 }),
      submissionId: newSubmission(),
    });
    await setStudyStatus(ctx(), coordinator, { studyId, action: "publish", submissionId: newSubmission() });
    for (let i = 0; i < 3; i++) expect(await draw(rater, studyId)).toEqual(first);
  });

  test("cues and given prompts are used evenly, whoever asks, and given ones are taken as they are", async () => {
    const items = [
      "A very long prompt that has many more words than a rater would be allowed to type into the field",
      "A cat",
      "A castle by the sea",
    ];
    const { studyId, raters } = await openStudy(ctx(), {
      raterCount: 2,
      settings: { prompts: { mode: "given", items } },
    });
    const seen: string[] = [];
    for (let i = 0; i < 6; i++) {
      const rater = raters[i % 2] as Actor;
      const assignmentId = await startTask(ctx(), rater, studyId);
      const { promptMode, promptCue } = await getPrompt(ctx(), rater, { assignmentId });
      expect(promptMode).toBe("given");
      await submitInitialPrompt(ctx(), rater, {
        assignmentId,
        submissionId: newSubmission(),
        prompt: "something else",
      });
      const { trajectories } = ctx().store.t;
      const [row] = await ctx()
        .store.read.select({ initialPrompt: trajectories.initialPrompt })
        .from(trajectories)
        .where(eq(trajectories.assignmentId, assignmentId));
      expect(row?.initialPrompt).toBe(promptCue);
      seen.push(promptCue);
      await returnAssignment(ctx(), rater, { assignmentId, submissionId: newSubmission() });
    }
    expect([...seen.slice(0, 3)].sort()).toEqual([...items].sort());
    expect([...seen.slice(3)].sort()).toEqual([...items].sort());
  });

  test("caps, pauses and hours refuse with the time until which they hold", async () => {
    const { studyId, raters } = await openStudy(ctx(), {
      settings: { maxTrajectoriesPerRaterPerDay: 1, closesAtMs: ctx().now() + 40 * 3_600_000 },
    });
    const rater = raters[0] as Actor;
    const claim = () => claimAssignment(ctx(), rater, { studyId, submissionId: newSubmission() });
    const startedAt = ctx().now();
    const first = await claim();
    // Given back without penalty: it does not count.
    await returnAssignment(ctx(), rater, { ...first, submissionId: newSubmission() });
    await claim();
    open().advance(181 * 60_000);
    await sweepLeases(ctx());
    const error = await claim().catch((e: unknown) => e);
    const refusal = { code: "DAILY_CAP_REACHED", cap: 1, untilMs: startedAt + 24 * 3_600_000 };
    expect(error).toMatchObject({ code: "RATER_CAP_REACHED", details: { refusal } });
    expect((await getRaterHome(ctx(), rater)).available).toMatchObject([{ refusal }]);
    open().advance(21 * 3_600_000);
    expect(await outcome(claim())).toBe("ok");
    open().advance(24 * 3_600_000);
    await sweepLeases(ctx());
    expect((await getRaterHome(ctx(), rater)).available).toMatchObject([
      { refusal: { code: "CLOSED_SINCE" } },
    ]);
  });
});
