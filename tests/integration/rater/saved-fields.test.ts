import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import type { FieldSave } from "../../../app/domain/answer-field.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import type { WorkTime } from "../../../app/domain/work-time.ts";
import { loadWorkTimes } from "../../../app/services/assignment/load-work-times.ts";
import { recordWorkTime } from "../../../app/services/assignment/record-work-time.server.ts";
import { releaseWriter, takeOver } from "../../../app/services/assignment/take-over.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { getEvaluation } from "../../../app/services/evaluation/get-evaluation.server.ts";
import { saveTurnEvaluation } from "../../../app/services/evaluation/save-turn-evaluation.server.ts";
import { getPrompt } from "../../../app/services/trajectory/get-prompt.server.ts";
import { saveFields } from "../../../app/services/trajectory/save-fields.server.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { choose, interact, openStudy, runDueSteps, sendPrompt, startTask } from "../../support/session.ts";

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof RequestError ? error.code : String(error)),
  );

async function begin(ctx: ServiceContext) {
  const { studyId, raters } = await openStudy(ctx);
  const rater = raters[0] as Actor;
  return { rater, assignmentId: await startTask(ctx, rater, studyId) };
}

function save(ctx: ServiceContext, rater: Actor, assignmentId: string, saves: FieldSave[], token = 0) {
  return saveFields(ctx, rater, { assignmentId, writerToken: token, saves });
}

const field = (name: string, value: string, baseRevision: number): FieldSave => ({
  field: name,
  value,
  baseRevision,
});

describeBothDatabases("saving field by field", (open) => {
  test("a save over the current revision counts, over an older one it is a conflict that shows both", async () => {
    const { ctx } = open();
    const { rater, assignmentId } = await begin(ctx);
    const first = await save(ctx, rater, assignmentId, [field("prompt", "a cat", 0)]);
    expect(first.results).toEqual([{ field: "prompt", kind: "saved", revision: 1 }]);
    const second = await save(ctx, rater, assignmentId, [field("prompt", "a dog", 0)]);
    expect(second.results).toEqual([{ field: "prompt", kind: "conflict", revision: 1, value: "a cat" }]);
    const third = await save(ctx, rater, assignmentId, [field("prompt", "a dog", 1)]);
    expect(third.results).toEqual([{ field: "prompt", kind: "saved", revision: 2 }]);
    const view = await getPrompt(ctx, rater, { assignmentId });
    expect(view.draft).toBe("a dog");
    expect(view.saved.prompt).toEqual({ revision: 2, value: "a dog" });
  });

  test("the same save again, after a lost reply, is saved and changes nothing", async () => {
    const { ctx } = open();
    const { rater, assignmentId } = await begin(ctx);
    const again = () => save(ctx, rater, assignmentId, [field("prompt", "a cat", 0)]);
    expect((await again()).results).toEqual((await again()).results);
  });

  test("twenty devices that save over the same revision at once: one wins, nobody is told a lie", async () => {
    const { ctx } = open();
    const { rater, assignmentId } = await begin(ctx);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => save(ctx, rater, assignmentId, [field("prompt", `cat ${i}`, 0)])),
    );
    const kinds = all.map((r) => r.results[0]?.kind);
    expect(kinds.filter((kind) => kind === "saved")).toHaveLength(1);
    const winner = `cat ${kinds.indexOf("saved")}`;
    expect((await getPrompt(ctx, rater, { assignmentId })).draft).toBe(winner);
    const losers = all.map((r) => r.results[0]).filter((r) => r?.kind === "conflict");
    expect(losers.every((r) => r?.kind === "conflict" && r.value === winner)).toBe(true);
  });

  test("unknown fields and wrong values are refused one by one, the rest is saved", async () => {
    const { ctx } = open();
    const { rater, assignmentId } = await begin(ctx);
    const { results } = await save(ctx, rater, assignmentId, [
      field("salary", "1", 0),
      field("evaluation:1:rationale", "too early", 0),
      field("prompt", "a half-typed\u0000 pro", 0),
    ]);
    expect(results.map((r) => r.kind)).toEqual(["refused", "refused", "saved"]);
    expect((await getPrompt(ctx, rater, { assignmentId })).draft).toBe("a half-typed pro");
  });

  test("answers of the evaluation go where handing in reads them; the whole form makes new revisions", async () => {
    const { ctx } = open();
    const { rater, assignmentId } = await begin(ctx);
    await interact(ctx, rater, assignmentId);
    const view = await getEvaluation(ctx, rater, { assignmentId, turnNumber: 2 });
    const [a, b] = view.columns.map((c) => c.columnId) as [string, string];
    const { results } = await save(ctx, rater, assignmentId, [
      field("evaluation:2:confirmedColumnId", b, 0),
      field(`evaluation:2:satisfaction:${a}`, "5", 0),
      field("evaluation:2:vsPrevious", "better", 0),
      field("evaluation:2:turnSatisfaction", "9", 0),
      field("evaluation:1:vsPrevious", "better", 0),
      field("evaluation:2:confirmedColumnId", "col_of_somebody_else", 0),
    ]);
    expect(results.map((r) => r.kind)).toEqual(["saved", "saved", "saved", "refused", "refused", "refused"]);
    const after = await getEvaluation(ctx, rater, { assignmentId, turnNumber: 2 });
    expect(after.answers).toMatchObject({
      confirmedColumnId: b,
      vsPrevious: "better",
      turnSatisfaction: null,
      columnSatisfactions: { [a]: 5, [b]: null },
    });
    await saveTurnEvaluation(ctx, rater, {
      assignmentId,
      turnNumber: 2,
      answers: { confirmedColumnId: b, vsPrevious: "worse" },
    });
    const { saved } = await getEvaluation(ctx, rater, { assignmentId, turnNumber: 2 });
    expect(saved["evaluation:2:vsPrevious"]).toEqual({ revision: 2, value: "worse" });
    expect(saved["evaluation:2:confirmedColumnId"]?.revision).toBe(1);
  });

  test("a stranger's task is unknown, and a task that was given back takes nothing", async () => {
    const { ctx } = open();
    const one = await begin(ctx);
    const other = await begin(ctx);
    const saves = [field("prompt", "x", 0)];
    expect(await codeOf(save(ctx, other.rater, one.assignmentId, saves))).toBe("NOT_FOUND");
    const { assignments } = ctx.store.t;
    await ctx.store.tx((tx) =>
      tx.update(assignments).set({ status: "returned" }).where(eq(assignments.id, one.assignmentId)),
    );
    expect(await codeOf(save(ctx, one.rater, one.assignmentId, saves))).toBe("ASSIGNMENT_NOT_LIVE");
  });
});

describeBothDatabases("one active tab", (open) => {
  test("a second tab takes the task over on purpose only; the first one stops writing", async () => {
    const { ctx, advance } = open();
    const { rater, assignmentId } = await begin(ctx);
    const take = (writerId: string, onPurpose = false) =>
      takeOver(ctx, rater, { assignmentId, writerId, onPurpose });
    const first = await take("tab-number-1");
    expect(first).toMatchObject({ kind: "writer" });
    // A reload keeps the token.
    expect(await take("tab-number-1")).toEqual(first);
    expect(await take("tab-number-2")).toMatchObject({ kind: "elsewhere" });
    const second = await take("tab-number-2", true);
    const tokens = [first, second].map((t) => (t.kind === "writer" ? t.writerToken : -1)) as [number, number];
    expect(tokens[1]).toBe(tokens[0] + 1);
    const saves = [field("prompt", "from the first tab", 0)];
    expect(await codeOf(save(ctx, rater, assignmentId, saves, tokens[0]))).toBe("WRITER_MOVED");
    expect(await codeOf(save(ctx, rater, assignmentId, saves, tokens[1]))).toBe("done");
    // One that is silent, or was closed, is replaced without a question.
    advance(61_000);
    expect(await take("tab-number-3")).toMatchObject({ kind: "writer", writerToken: tokens[1] + 1 });
    await releaseWriter(ctx, rater, { assignmentId, writerToken: tokens[1] + 1 });
    expect(await take("tab-number-4")).toMatchObject({ kind: "writer", writerToken: tokens[1] + 2 });
    // A late good-bye of an older tab changes nothing.
    await releaseWriter(ctx, rater, { assignmentId, writerToken: tokens[0] });
    expect(await take("tab-number-5")).toMatchObject({ kind: "elsewhere" });
  });

  test("twenty tabs that open at once: one has the task", async () => {
    const { ctx } = open();
    const { rater, assignmentId } = await begin(ctx);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        takeOver(ctx, rater, { assignmentId, writerId: `tab-number-${i}`, onPurpose: false }),
      ),
    );
    expect(all.filter((r) => r.kind === "writer")).toHaveLength(1);
  });
});

describeBothDatabases("honest time", (open) => {
  const time = (activeMs: number, idleMs = 0, waitingMs = 0): WorkTime => ({ activeMs, idleMs, waitingMs });

  test("counters of a tab never go back, never exceed the clock, and add up over tabs", async () => {
    const { ctx, advance } = open();
    const { rater, assignmentId } = await begin(ctx);
    const report = (writerId: string, writerToken: number, t: WorkTime) =>
      recordWorkTime(ctx, rater, {
        assignmentId,
        writerId,
        writerToken,
        phase: "prompt",
        turnNumber: null,
        time: t,
      });
    const take = async (writerId: string) => {
      const taken = await takeOver(ctx, rater, { assignmentId, writerId, onPurpose: true });
      return taken.kind === "writer" ? taken.writerToken : -1;
    };
    const total = async () => (await loadWorkTimes(ctx, ctx.store.read, [assignmentId])).get(assignmentId);
    const one = await take("tab-number-1");
    await report("tab-number-1", one, time(15_000, 0, 5_000));
    advance(30_000);
    await report("tab-number-1", one, time(40_000, 3_000, 5_000));
    // Overtaken on the way.
    await report("tab-number-1", one, time(20_000));
    expect(await total()).toEqual(time(40_000, 3_000, 5_000));
    // A clock that was set forward.
    await report("tab-number-1", one, time(9_000_000));
    expect(await total()).toEqual(time(40_000, 3_000, 5_000));
    const two = await take("tab-number-2");
    await report("tab-number-2", two, time(10_000));
    expect(await codeOf(report("tab-number-1", one, time(60_000)))).toBe("WRITER_MOVED");
    expect(await total()).toEqual(time(50_000, 3_000, 5_000));
  });

  test("a turn's time stands with its choice, whether the last report comes before or after it", async () => {
    const { ctx, advance } = open();
    const { rater, assignmentId } = await begin(ctx);
    const taken = await takeOver(ctx, rater, { assignmentId, writerId: "tab-number-1", onPurpose: false });
    const writerToken = taken.kind === "writer" ? taken.writerToken : -1;
    const report = (t: WorkTime) =>
      recordWorkTime(ctx, rater, {
        assignmentId,
        writerId: "tab-number-1",
        writerToken,
        phase: "interaction",
        turnNumber: 1,
        time: t,
      });
    await sendPrompt(ctx, rater, assignmentId);
    await runDueSteps(ctx);
    await report(time(15_000, 2_000));
    await choose(ctx, rater, assignmentId, 1);
    const { choices, turns, trajectories } = ctx.store.t;
    const stored = async () => {
      const [row] = await ctx.store.read
        .select({ activeMs: choices.activeMs, idleMs: choices.idleMs })
        .from(choices)
        .innerJoin(turns, eq(turns.id, choices.turnId))
        .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
        .where(and(eq(trajectories.assignmentId, assignmentId), eq(turns.turnIndex, 0)));
      return row;
    };
    expect(await stored()).toEqual({ activeMs: 15_000, idleMs: 2_000 });
    advance(5_000);
    await report(time(18_500, 2_000));
    expect(await stored()).toEqual({ activeMs: 18_500, idleMs: 2_000 });
  });
});
