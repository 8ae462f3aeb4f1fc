import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { getReplay } from "../../../app/services/dataset/get-replay.server.ts";
import { listTrajectories } from "../../../app/services/dataset/list-trajectories.server.ts";
import { listStudyRaters } from "../../../app/services/identity/list-study-raters.server.ts";
import { answerProblem } from "../../../app/services/problem/answer-problem.server.ts";
import { listProblems } from "../../../app/services/problem/list-problems.server.ts";
import { getStudyMonitor } from "../../../app/services/study/get-study-monitor.server.ts";
import { listStudies } from "../../../app/services/study/list-studies.server.ts";
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

describeBothDatabases("watching a study", (open) => {
  let studyId: string;
  let coordinator: Actor;
  let raters: Actor[];
  let replayed: string;

  // One rater has finished, one waits in turn 2, one has only started, one never came.
  beforeAll(async () => {
    const { ctx, advance } = open();
    ({ studyId, coordinator, raters } = await openStudy(ctx, { raterCount: 4 }));
    const [done, inTurn2, started] = raters as [Actor, Actor, Actor];
    await wholeSession(ctx, done, studyId);
    advance(60_000);
    const second = await startTask(ctx, inTurn2, studyId);
    await sendPrompt(ctx, inTurn2, second, "a white cat");
    await runDueSteps(ctx);
    await choose(ctx, inTurn2, second, 1, { critique: "more color" });
    advance(60_000);
    await startTask(ctx, started, studyId);
    const { rows } = await listTrajectories(ctx, coordinator, { studyId, filter: { status: "submitted" } });
    replayed = rows[0]?.trajectoryId ?? "";
  });

  it("counts the funnel, the arms and who is at work", async () => {
    const monitor = await getStudyMonitor(open().ctx, coordinator, { studyId });
    expect(monitor.counts).toEqual({
      target: 100,
      live: 2,
      completed: 1,
      expired: 0,
      raters: 4,
      openProblems: 0,
    });
    expect(monitor.funnel).toEqual([
      { stage: "Started", count: 3 },
      { stage: "Prompt", count: 2 },
      { stage: "Turn 1", count: 2 },
      { stage: "Turn 2", count: 1 },
      { stage: "Turn 3", count: 1 },
      { stage: "Turn 4", count: 1 },
      { stage: "Turn 5", count: 1 },
      { stage: "Evaluation", count: 1 },
      { stage: "Done", count: 1 },
    ]);
    const sum = (key: "assigned" | "live" | "completed") => monitor.arms.reduce((n, arm) => n + arm[key], 0);
    expect([sum("assigned"), sum("live"), sum("completed")]).toEqual([2, 1, 1]);
    expect(monitor.live.map((row) => [row.raterName, row.phase, row.chosenTurns, row.turnStatus])).toEqual([
      [raters[2]?.name, "prompt", 0, null],
      [raters[1]?.name, "interaction", 1, "proposing"],
    ]);
    expect(monitor.generation).toMatchObject({ waiting: 1, running: 0, failed: 0 });
    expect(monitor.generation.medianTurnMs).toBeGreaterThanOrEqual(0);
  });

  it("shows researchers pseudonyms instead of names", async () => {
    const { ctx } = open();
    const researcher = await createPerson(ctx, "researcher");
    const monitor = await getStudyMonitor(ctx, researcher, { studyId });
    for (const row of monitor.live) expect(row.raterName).toBe(row.raterId);
  });

  it("shows progress in the lists of studies and raters", async () => {
    const { ctx } = open();
    const study = (await listStudies(ctx, coordinator)).find((s) => s.studyId === studyId);
    expect(study).toMatchObject({ completed: 1, live: 2, raters: 4, target: 100 });
    const { rows } = await listStudyRaters(ctx, coordinator, { studyId });
    const work = (rater: Actor | undefined) => rows.find((r) => r.raterId === rater?.raterId);
    expect(work(raters[0])).toMatchObject({ completed: 1, live: 0 });
    expect(work(raters[1])).toMatchObject({ completed: 0, live: 1 });
    expect(work(raters[3])).toMatchObject({ completed: 0, live: 0 });
  });

  it("lists trajectories latest first, filtered and page by page", async () => {
    const { ctx } = open();
    const all = await listTrajectories(ctx, coordinator, { studyId });
    expect(all.total).toBe(3);
    expect(all.rows.map((r) => r.initialPrompt)).toEqual([
      "",
      "a white cat",
      "a lighthouse in a storm at night",
    ]);
    expect(all.rows.map((r) => r.chosenTurns)).toEqual([0, 1, 5]);
    expect(all.rows[0]?.armLabel).toBeNull();

    const first = await listTrajectories(ctx, coordinator, { studyId, limit: 2 });
    const second = await listTrajectories(ctx, coordinator, { studyId, limit: 2, cursor: first.nextCursor });
    expect([...first.rows, ...second.rows]).toEqual(all.rows);
    expect(second.nextCursor).toBeNull();

    const of = async (filter: object) =>
      (await listTrajectories(ctx, coordinator, { studyId, filter })).total;
    expect(await of({ status: "active" })).toBe(2);
    expect(await of({ source: "simulated" })).toBe(0);
    expect(await of({ raterId: raters[1]?.raterId })).toBe(1);
    expect(await of({ armId: "arm_none" })).toBe(0);
  });

  it("replays a whole trajectory with prompts, scores and answers, and audits the look", async () => {
    const { ctx } = open();
    const researcher = await createPerson(ctx, "researcher");
    const replay = await getReplay(ctx, researcher, { trajectoryId: replayed });
    expect(replay).toMatchObject({
      status: "submitted",
      phase: "done",
      source: "human",
      horizon: 5,
      initialPrompt: "a lighthouse in a storm at night",
      raterId: raters[0]?.raterId,
    });
    expect(replay.armLabel).not.toBeNull();
    expect(replay.t2iModel).toContain("swatch");
    expect(replay.turns.map((t) => t.turnNumber)).toEqual([1, 2, 3, 4, 5]);
    for (const turn of replay.turns) {
      expect(turn.columns.map((c) => c.label)).toEqual(["1", "2", "3", "4"]);
      expect(turn.columns.filter((c) => c.chosen)).toHaveLength(1);
      expect(turn.columns.map((c) => c.satisfaction)).toEqual([1, 2, 3, 4]);
      expect(turn.columns.find((c) => c.confirmed)).toEqual(turn.columns.find((c) => c.chosen));
      expect(turn.columns.flatMap((c) => c.images.map((i) => i.label))).toEqual(
        ["1", "2", "3", "4"].flatMap((c) => ["A", "B", "C", "D"].map((r) => c + r)),
      );
      expect(turn.candidates).toHaveLength(25);
      expect(turn.candidates.filter((c) => c.inSlate)).toHaveLength(4);
      expect(turn.steps.map((s) => s.status)).toEqual(Array(17).fill("done"));
      expect(turn.turnSatisfaction).toBe(4);
      expect(turn.vsPrevious).toBe(turn.turnIndex === 0 ? null : "better");
    }
    expect(replay.events.length).toBeGreaterThan(0);
    const { auditLog } = ctx.store.t;
    const looks = await ctx.store.read.select().from(auditLog).where(eq(auditLog.subjectId, replayed));
    expect(looks.map((l) => [l.action, l.actorUserId])).toContainEqual([
      "trajectory.replayed",
      researcher.userId,
    ]);
  });

  it("replays a trajectory that stopped on its way", async () => {
    const { ctx } = open();
    const { rows } = await listTrajectories(ctx, coordinator, {
      studyId,
      filter: { raterId: raters[2]?.raterId ?? "" },
    });
    const replay = await getReplay(ctx, coordinator, { trajectoryId: rows[0]?.trajectoryId ?? "" });
    expect(replay).toMatchObject({ turns: [], armLabel: null, agentVersion: null, phase: "prompt" });
  });

  it("shows raters nothing of it", async () => {
    const { ctx } = open();
    const rater = raters[0] as Actor;
    for (const work of [
      getReplay(ctx, rater, { trajectoryId: replayed }),
      listTrajectories(ctx, rater, { studyId }),
      getStudyMonitor(ctx, rater, { studyId }),
      listProblems(ctx, rater, { studyId }),
    ]) {
      expect((await refusal(work)).code).toBe("FORBIDDEN");
    }
    expect((await refusal(getReplay(ctx, coordinator, { trajectoryId: "trj_none" }))).code).toBe("NOT_FOUND");
  });

  it("shows what raters reported, and answers it", async () => {
    const { ctx } = open();
    const replay = await getReplay(ctx, coordinator, { trajectoryId: replayed });
    const image = replay.turns[1]?.columns[2]?.images[0];
    const t = ctx.store.t;
    const [turn] = await ctx.store.read
      .select({ turnId: t.images.turnId, assignmentId: t.trajectories.assignmentId })
      .from(t.images)
      .innerJoin(t.trajectories, eq(t.trajectories.id, t.images.trajectoryId))
      .where(eq(t.images.id, image?.imageId ?? ""));
    const problemId = ctx.newId("prb");
    await ctx.store.tx((tx) =>
      tx.insert(t.problemReports).values({
        id: problemId,
        studyId,
        raterId: raters[0]?.raterId ?? "",
        assignmentId: turn?.assignmentId ?? null,
        turnId: turn?.turnId ?? null,
        imageId: image?.imageId ?? null,
        kind: "image_broken",
        text: "It is grey.",
        createdAtMs: ctx.now(),
      }),
    );
    const list = async (status?: "open" | "answered") =>
      (await listProblems(ctx, coordinator, { studyId, status })).rows;
    expect(await list("open")).toMatchObject([
      { problemId, trajectoryId: replayed, turnNumber: 2, imageLabel: "3A", messages: [] },
    ]);
    expect((await getStudyMonitor(ctx, coordinator, { studyId })).counts.openProblems).toBe(1);

    const answer = { studyId, problemId, status: "answered", submissionId: newSubmission() } as const;
    expect((await refusal(answerProblem(ctx, coordinator, answer))).fields.message).toBeTruthy();
    const sent = { ...answer, message: " Thank you, mended. " };
    await answerProblem(ctx, coordinator, sent);
    await answerProblem(ctx, coordinator, sent);
    expect(await list("open")).toEqual([]);
    expect(await list("answered")).toMatchObject([
      { messages: [{ authorName: coordinator.name, text: "Thank you, mended." }] },
    ]);
    const elsewhere = answerProblem(ctx, coordinator, {
      ...sent,
      studyId: "std_x",
      submissionId: newSubmission(),
    });
    expect((await refusal(elsewhere)).code).toBe("NOT_FOUND");
  });
});
