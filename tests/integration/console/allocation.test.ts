import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { returnAssignment } from "../../../app/services/assignment/return-assignment.server.ts";
import { getStudyAllocation } from "../../../app/services/study/get-study-allocation.server.ts";
import { setArmStatus } from "../../../app/services/study/set-arm-status.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import {
  choose,
  newSubmission,
  openStudy,
  runDueSteps,
  sendPrompt,
  startTask,
  wholeSession,
} from "../../support/session.ts";
import { refusal } from "./helpers.ts";

describeBothDatabases("the allocation page", (open) => {
  let studyId: string;
  let coordinator: Actor;
  let raters: Actor[];

  // One rater has finished, one gave up after turn 1, one waits in turn 1, one has no prompt yet.
  beforeAll(async () => {
    const { ctx, advance } = open();
    ({ studyId, coordinator, raters } = await openStudy(ctx, { raterCount: 4, settings: { horizon: 2 } }));
    const [done, left, waiting, started] = raters as [Actor, Actor, Actor, Actor];
    await wholeSession(ctx, done, studyId, 2);
    advance(1000);
    const given = await startTask(ctx, left, studyId);
    await sendPrompt(ctx, left, given);
    await runDueSteps(ctx);
    await choose(ctx, left, given, 1);
    await returnAssignment(ctx, left, { assignmentId: given, submissionId: newSubmission() });
    advance(1000);
    await sendPrompt(ctx, waiting, await startTask(ctx, waiting, studyId));
    await startTask(ctx, started, studyId);
  });

  const view = (cursor?: string) => getStudyAllocation(open().ctx, coordinator, { studyId, cursor });

  it("counts assigned, live and completed per arm, and expects what the weights promise", async () => {
    const { arms, completedCheck } = await view();
    const sum = (key: "assigned" | "live" | "completed") => arms.reduce((n, arm) => n + arm[key], 0);
    expect([sum("assigned"), sum("live"), sum("completed")]).toEqual([3, 1, 1]);
    expect(arms.map((arm) => [arm.name, arm.status, arm.expectedCompleted])).toEqual([
      ["Arm A", "open", 0.5],
      ["Arm B", "open", 0.5],
    ]);
    expect(completedCheck).toEqual({ kind: "not_enough" });
  });

  it("shows how far those that ended got, and leaves out work under way", async () => {
    const { stages } = await view();
    const reached = stages.map((s) => [s.stage, s.arms.reduce((n, arm) => n + arm.reached, 0)]);
    expect(reached).toEqual([
      ["Prompt", 2],
      ["Turn 1", 2],
      ["Turn 2", 1],
      ["Evaluation", 1],
      ["Done", 1],
    ]);
    for (const { arms } of stages) expect(arms.reduce((n, arm) => n + arm.ended, 0)).toBe(2);
  });

  it("lists each rater's own balance, latest first, and names the largest imbalance", async () => {
    const { strata, largestImbalance } = await view();
    expect(strata.total).toBe(3);
    expect(strata.rows.map((s) => s.name)).toEqual([2, 1, 0].map((i) => raters[i]?.raterId));
    for (const { arms, imbalance } of strata.rows) {
      expect(arms.map((arm) => arm.drawn).sort()).toEqual([0, 1]);
      expect(imbalance).toBe(1);
    }
    expect(strata.rows.map((s) => s.arms.reduce((n, arm) => n + arm.live, 0))).toEqual([1, 0, 0]);
    expect(strata.rows.map((s) => s.arms.reduce((n, arm) => n + arm.completed, 0))).toEqual([0, 0, 1]);
    expect(largestImbalance).toMatchObject({ value: 1, bound: 2 });
    expect((await refusal(view("nonsense"))).code).toBe("BAD_REQUEST");
  });

  it("pauses an arm by its letter and says that counts need not follow the weights any more", async () => {
    const { ctx } = open();
    expect((await view()).wasPaused).toBe(false);
    const set = (letter: string, status: "paused" | "open") =>
      setArmStatus(ctx, coordinator, { studyId, letter, status, submissionId: newSubmission() });
    await set("B", "paused");
    expect((await view()).arms.map((arm) => arm.status)).toEqual(["open", "paused"]);
    await set("B", "open");
    expect((await view()).arms.map((arm) => arm.status)).toEqual(["open", "open"]);
    expect((await view()).wasPaused).toBe(true);
    expect((await refusal(set("C", "paused"))).code).toBe("NOT_FOUND");
    expect((await refusal(getStudyAllocation(ctx, raters[0] as Actor, { studyId }))).code).toBe("FORBIDDEN");
  });

  it("raises the alarm when completed work comes from one arm only", async () => {
    const { ctx } = open();
    const { assignments, trajectories, arms } = ctx.store.t;
    const [arm] = await ctx.store.read.select().from(arms).where(eq(arms.studyId, studyId));
    const [model] = await ctx.store.read
      .select()
      .from(assignments)
      .where(eq(assignments.raterId, raters[0]?.raterId ?? ""));
    const others = await Promise.all(Array.from({ length: 20 }, () => createPerson(ctx, "rater")));
    if (!arm || !model) throw new Error("nothing to copy");
    await ctx.store.tx(async (tx) => {
      for (const { raterId } of others) {
        if (!raterId) throw new Error("not a rater");
        const assignmentId = ctx.newId("asg");
        await tx.insert(assignments).values({ ...model, id: assignmentId, raterId });
        await tx.insert(trajectories).values({
          id: ctx.newId("trj"),
          assignmentId,
          studyId,
          studyVersion: 1,
          raterId,
          source: "human",
          phase: "done",
          armId: arm.id,
          armProbability: 0.5,
          promptSubmittedAtMs: ctx.now(),
          startedAtMs: ctx.now(),
          completedAtMs: ctx.now(),
        });
      }
    });
    const { completedCheck, stages } = await view();
    expect(completedCheck.kind).toBe("mismatch");
    expect(stages.at(-1)?.check.kind).toBe("mismatch");
    expect(stages[1]?.check.kind).toBe("not_enough");
  });
});

describeBothDatabases("the allocation page where arms are given to raters", (open) => {
  it("counts raters by group, each once however many tasks they do", async () => {
    const { ctx } = open();
    const settings = { horizon: 2, allocationLevel: "rater" as const };
    const { studyId, coordinator, raters } = await openStudy(ctx, { settings, raterCount: 2 });
    await ctx.store.tx((tx) => tx.update(ctx.store.t.raters).set({ pool: "students" }));
    for (const rater of [raters[0], raters[0], raters[1]]) {
      await wholeSession(ctx, rater as Actor, studyId, 2);
    }
    const { strata, arms, level } = await getStudyAllocation(ctx, coordinator, { studyId });
    expect(level).toBe("rater");
    expect(strata.rows.map((s) => s.name)).toEqual(["students"]);
    const sum = (key: "drawn" | "completed") => strata.rows[0]?.arms.reduce((n, arm) => n + arm[key], 0);
    expect([sum("drawn"), sum("completed")]).toEqual([2, 3]);
    expect(arms.reduce((n, arm) => n + arm.completed, 0)).toBe(3);
  });
});
