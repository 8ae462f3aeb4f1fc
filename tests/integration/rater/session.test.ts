import { and, asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import { getSession } from "../../../app/services/assignment/get-session.server.ts";
import { getDone } from "../../../app/services/evaluation/get-done.server.ts";
import { getEvaluation } from "../../../app/services/evaluation/get-evaluation.server.ts";
import { getReview } from "../../../app/services/evaluation/get-review.server.ts";
import { saveTurnEvaluation } from "../../../app/services/evaluation/save-turn-evaluation.server.ts";
import { submitEvaluation } from "../../../app/services/evaluation/submit-evaluation.server.ts";
import { getPrompt } from "../../../app/services/trajectory/get-prompt.server.ts";
import { getTurn } from "../../../app/services/trajectory/get-turn.server.ts";
import { saveFields } from "../../../app/services/trajectory/save-fields.server.ts";
import { submitChoice } from "../../../app/services/trajectory/submit-choice.server.ts";
import { submitInitialPrompt } from "../../../app/services/trajectory/submit-initial-prompt.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import {
  addToStudy,
  answerAll,
  choose,
  interact,
  newSubmission,
  openStudy,
  runDueSteps,
  sendPrompt,
  startTask,
  wholeSession,
} from "../../support/session.ts";

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: unknown) => {
      if (error instanceof RequestError) return error.code;
      throw error;
    },
  );

describeBothDatabases("a rater's session", (open) => {
  let studyId: string;
  let rater: Actor;
  const ctx = () => open().ctx;

  beforeAll(async () => {
    const study = await openStudy(ctx());
    studyId = study.studyId;
    rater = study.raters[0] as Actor;
  });

  async function freshRater(): Promise<Actor> {
    const person = await createPerson(ctx(), "rater");
    await addToStudy(ctx(), studyId, person);
    return person;
  }

  test("leaves 5 choices, 20 columns, 80 images, 125 candidates and 39 answers", async () => {
    const { assignmentId, completionCode } = await wholeSession(ctx(), rater, studyId);
    expect(completionCode).toMatch(/^[0-9A-Z]{10}$/);
    const { t, read } = ctx().store;
    const [trajectory] = await read
      .select()
      .from(t.trajectories)
      .where(eq(t.trajectories.assignmentId, assignmentId));
    if (!trajectory) throw new Error("no trajectory");
    expect(trajectory).toMatchObject({ phase: "done", source: "human", armProbability: 0.5 });
    const n = async (
      table: typeof t.choices | typeof t.columns | typeof t.images | typeof t.columnSatisfactions,
    ) => Number(await read.$count(table, eq(table.trajectoryId, trajectory.id)));
    expect(await n(t.choices)).toBe(5);
    expect(await n(t.columns)).toBe(20);
    expect(await n(t.images)).toBe(80);
    expect(await n(t.columnSatisfactions)).toBe(20);
    const evaluations = await read
      .select()
      .from(t.turnEvaluations)
      .where(eq(t.turnEvaluations.trajectoryId, trajectory.id));
    const answers = evaluations.flatMap((e) => [
      e.confirmedColumnId,
      e.rationale || null,
      e.vsPrevious,
      e.turnSatisfaction,
    ]);
    expect(answers.filter((a) => a !== null)).toHaveLength(39 - 20);
    const turns = await read
      .select()
      .from(t.turns)
      .where(eq(t.turns.trajectoryId, trajectory.id))
      .orderBy(asc(t.turns.turnIndex));
    expect(turns.map((x) => [x.turnIndex, x.status])).toEqual([0, 1, 2, 3, 4].map((i) => [i, "chosen"]));
    for (const turn of turns) {
      const all = await read.select().from(t.candidates).where(eq(t.candidates.turnId, turn.id));
      expect(all).toHaveLength(25);
      const shown = all.filter((c) => c.inSlate);
      expect(shown).toHaveLength(4);
      expect(new Set(shown.map((c) => c.category)).size).toBe(4);
      expect(Math.max(...all.map((c) => c.prompt.split(/\s+/).length))).toBeLessThanOrEqual(turn.wordLimit);
    }
    const events = await read
      .select()
      .from(t.events)
      .where(eq(t.events.trajectoryId, trajectory.id))
      .orderBy(asc(t.events.id));
    expect(events.filter((e) => e.type === "column.chosen")).toHaveLength(5);
    expect(events.at(-1)?.type).toBe("assignment.submitted");
  });

  test("takes a prompt of 12 words, and refuses 0 and 13 beside the field without losing the place", async () => {
    const person = await freshRater();
    const assignmentId = await startTask(ctx(), person, studyId);
    const send = (prompt: string) =>
      submitInitialPrompt(ctx(), person, { assignmentId, submissionId: newSubmission(), prompt });
    for (const bad of ["", "   ", Array(13).fill("word").join(" ")]) {
      await expect(send(bad)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fields: { prompt: expect.any(String) },
      });
    }
    expect((await getPrompt(ctx(), person, { assignmentId })).phase).toBe("prompt");
    expect(await send(`  ${Array(12).fill("word").join(" \u2003")} `)).toEqual({ turnNumber: 1 });
    const { initialPrompt } = await getSession(ctx(), person, { assignmentId });
    expect(initialPrompt).toBe(Array(12).fill("word").join(" "));
    expect(await codeOf(send("another prompt altogether"))).toBe("WRONG_PHASE");
  });

  test("gives no turn before its images are ready, and one choice per turn", async () => {
    const person = await freshRater();
    const assignmentId = await startTask(ctx(), person, studyId);
    await sendPrompt(ctx(), person, assignmentId);
    const waiting = await getTurn(ctx(), person, { assignmentId, turnNumber: 1 });
    expect(waiting).toMatchObject({ status: "proposing", readyImages: 0, totalImages: 16, columns: [] });
    const pick = (columnId: string, extra: object = {}) =>
      submitChoice(ctx(), person, {
        assignmentId,
        turnNumber: 1,
        submissionId: newSubmission(),
        columnId,
        critique: "",
        ...extra,
      });
    expect(await codeOf(pick("col_unknown"))).toBe("TURN_NOT_READY");
    await runDueSteps(ctx());
    const { columns } = await getTurn(ctx(), person, { assignmentId, turnNumber: 1 });
    const [first, second] = columns.map((c) => c.columnId) as [string, string];
    expect(await codeOf(pick("col_unknown"))).toBe("INVALID_INPUT");
    expect(await codeOf(pick(first, { critique: Array(13).fill("more").join(" ") }))).toBe("INVALID_INPUT");
    expect(await codeOf(pick(first, { turnNumber: 2 }))).toBe("NOT_FOUND");
    expect(await pick(second, { critique: " Add more\ncolor " })).toEqual({
      phase: "interaction",
      nextTurnNumber: 2,
    });
    expect(await codeOf(pick(first))).toBe("TURN_ALREADY_CHOSEN");
    const view = await getTurn(ctx(), person, { assignmentId, turnNumber: 2 });
    expect(view.past).toMatchObject([{ turnNumber: 1, chosenColumnId: second, critique: "Add more color" }]);
    expect(await codeOf(getEvaluation(ctx(), person, { assignmentId, turnNumber: 1 }))).toBe("WRONG_PHASE");
  });

  test("shows somebody else nothing, and does nothing for them", async () => {
    const person = await freshRater();
    const stranger = await freshRater();
    const staff = await createPerson(ctx(), "coordinator");
    const assignmentId = await startTask(ctx(), person, studyId);
    await sendPrompt(ctx(), person, assignmentId);
    await runDueSteps(ctx());
    for (const who of [stranger]) {
      expect(await codeOf(getSession(ctx(), who, { assignmentId }))).toBe("NOT_FOUND");
      expect(await codeOf(getTurn(ctx(), who, { assignmentId, turnNumber: 1 }))).toBe("NOT_FOUND");
      expect(
        await codeOf(
          saveFields(ctx(), who, {
            assignmentId,
            writerToken: 0,
            saves: [{ field: "prompt", value: "x", baseRevision: 0 }],
          }),
        ),
      ).toBe("NOT_FOUND");
      const submit = {
        assignmentId,
        turnNumber: 1,
        submissionId: newSubmission(),
        columnId: "x",
        critique: "",
      };
      expect(await codeOf(submitChoice(ctx(), who, submit))).toBe("NOT_FOUND");
    }
    expect(await codeOf(getSession(ctx(), staff, { assignmentId }))).toBe("FORBIDDEN");
  });

  test("sent twice has one effect and the same reply; the same id with other content is refused", async () => {
    const person = await freshRater();
    const assignmentId = await startTask(ctx(), person, studyId);
    const submissionId = newSubmission();
    const send = (prompt: string) =>
      submitInitialPrompt(ctx(), person, { assignmentId, submissionId, prompt });
    const replies = await Promise.all([send("a red boat"), send("a red boat"), send("a red boat")]);
    expect(replies).toEqual([{ turnNumber: 1 }, { turnNumber: 1 }, { turnNumber: 1 }]);
    expect(await codeOf(send("a blue boat"))).toBe("SUBMISSION_ID_REUSED");
    const { t, read } = ctx().store;
    const [trajectory] = await read
      .select()
      .from(t.trajectories)
      .where(eq(t.trajectories.assignmentId, assignmentId));
    expect(Number(await read.$count(t.turns, eq(t.turns.trajectoryId, trajectory?.id ?? "")))).toBe(1);
    await runDueSteps(ctx());
    const choice = newSubmission();
    const results = await Promise.all(
      [0, 0, 0].map((position) => choose(ctx(), person, assignmentId, 1, { position, submissionId: choice })),
    );
    expect(new Set(results.map((r) => JSON.stringify(r))).size).toBe(1);
    expect(Number(await read.$count(t.turns, eq(t.turns.trajectoryId, trajectory?.id ?? "")))).toBe(2);
  });

  test("keeps every draft and every evaluation answer until it is handed in whole, once", async () => {
    const person = await freshRater();
    const assignmentId = await startTask(ctx(), person, studyId);
    await saveFields(ctx(), person, {
      assignmentId,
      writerToken: 0,
      saves: [{ field: "prompt", value: "a half-typed\u0000 pro", baseRevision: 0 }],
    });
    expect((await getPrompt(ctx(), person, { assignmentId })).draft).toBe("a half-typed pro");
    await interact(ctx(), person, assignmentId);

    const end = () => submitEvaluation(ctx(), person, { assignmentId, submissionId: newSubmission() });
    await expect(end()).rejects.toMatchObject({
      code: "EVALUATION_INCOMPLETE",
      userMessage: "39 answers are still missing.",
    });
    const before = await getEvaluation(ctx(), person, { assignmentId, turnNumber: 1 });
    const [first, second] = before.columns.map((c) => c.columnId) as [string, string];
    expect(before.answers.confirmedColumnId, "never preselected").toBeNull();
    const save = (turnNumber: number, answers: object) =>
      saveTurnEvaluation(ctx(), person, { assignmentId, turnNumber, answers });
    await save(1, { columnSatisfactions: { [first]: 2 } });
    await save(1, { columnSatisfactions: { [second]: 5 }, rationale: "bright and bold" });
    expect((await getEvaluation(ctx(), person, { assignmentId, turnNumber: 1 })).answers).toMatchObject({
      columnSatisfactions: { [first]: 2, [second]: 5 },
      rationale: "bright and bold",
    });
    expect(await codeOf(save(1, { vsPrevious: "better" }))).toBe("INVALID_INPUT");
    expect(await codeOf(save(2, { columnSatisfactions: { [first]: 2 } }))).toBe("INVALID_INPUT");
    expect(await codeOf(save(1, { columnSatisfactions: { [first]: 6 } }))).toBe("INVALID_INPUT");
    expect(await codeOf(save(9, {}))).toBe("NOT_FOUND");

    await answerAll(ctx(), person, assignmentId);
    await save(5, { turnSatisfaction: null });
    const review = await getReview(ctx(), person, { assignmentId });
    expect(review).toMatchObject({ missingCount: 1, answerCount: 39 });
    await expect(end()).rejects.toMatchObject({ fields: { "turn:5": "Rate the turn as a whole." } });
    await save(5, { turnSatisfaction: 5 });
    const codes = await Promise.all([end(), end(), end()]);
    const { completionCode } = await getDone(ctx(), person, { assignmentId });
    expect(codes, "two tabs that end the task at once get the same code").toEqual(
      Array(3).fill({ completionCode }),
    );
    expect(await codeOf(save(1, { turnSatisfaction: 1 }))).toBe("ASSIGNMENT_NOT_LIVE");
  });

  test("shows columns and rows in the logged display order, the same at every look", async () => {
    const person = await freshRater();
    const assignmentId = await startTask(ctx(), person, studyId);
    await sendPrompt(ctx(), person, assignmentId);
    await runDueSteps(ctx());
    const look = await getTurn(ctx(), person, { assignmentId, turnNumber: 1 });
    expect(await getTurn(ctx(), person, { assignmentId, turnNumber: 1 })).toEqual(look);
    expect(look.columns.map((c) => c.label)).toEqual(["1", "2", "3", "4"]);
    expect(look.columns[1]?.images.map((i) => i.label)).toEqual(["2A", "2B", "2C", "2D"]);
    const { t, read } = ctx().store;
    const [slate] = await read.select().from(t.slates).where(eq(t.slates.turnId, look.turnId));
    for (const [position, column] of look.columns.entries()) {
      const logical = slate?.displayOrder.columns[position];
      const [row] = await read
        .select()
        .from(t.columns)
        .where(and(eq(t.columns.turnId, look.turnId), eq(t.columns.columnIndex, logical ?? -1)));
      expect(row?.id).toBe(column.columnId);
    }
  });
});
