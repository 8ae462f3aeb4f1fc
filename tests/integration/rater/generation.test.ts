import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { startWorker } from "../../../app/server/worker.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { claimSteps, MAX_STEP_ATTEMPTS } from "../../../app/services/generation/claim-steps.server.ts";
import { failStep } from "../../../app/services/generation/finish-step.ts";
import { runProposeStep } from "../../../app/services/generation/run-propose-step.server.ts";
import { runRenderStep } from "../../../app/services/generation/run-render-step.server.ts";
import { getTurn } from "../../../app/services/trajectory/get-turn.server.ts";
import { retryTurn } from "../../../app/services/trajectory/retry-turn.server.ts";
import type { T2iModel } from "../../../app/t2i/port.ts";
import { describeBothDatabases } from "../../support/context.ts";
import {
  choose,
  newSubmission,
  openStudy,
  runDueSteps,
  sendPrompt,
  startTask,
} from "../../support/session.ts";

const signal = () => AbortSignal.timeout(20_000);

describeBothDatabases("the generation pipeline", (open) => {
  const ctx = () => open().ctx;

  async function waitingTurn(context = ctx()): Promise<{ rater: Actor; assignmentId: string }> {
    const { studyId, raters } = await openStudy(context);
    const rater = raters[0] as Actor;
    const assignmentId = await startTask(context, rater, studyId);
    await sendPrompt(context, rater, assignmentId);
    return { rater, assignmentId };
  }

  /** The same database with a T2I model that fails in a given way. */
  function withModel(render: T2iModel["render"]): ServiceContext {
    const swatch = ctx().t2iModels.get("swatch") as T2iModel;
    return { ...ctx(), t2iModels: new Map([["swatch", { ...swatch, render }]]) };
  }

  const claimOne = (kind: "propose" | "render", context = ctx()) =>
    claimSteps(context, { owner: "w1", kind, limit: 1, leaseMs: 60_000 });

  test("a step whose worker died is done again, and the dead worker's late result is refused", async () => {
    const { rater, assignmentId } = await waitingTurn();
    const [dead] = await claimOne("propose");
    if (!dead) throw new Error("nothing to claim");
    expect(await claimOne("propose"), "a claimed step is not given twice").toEqual([]);
    open().advance(61_000);
    const [heir] = await claimOne("propose");
    expect(heir).toMatchObject({ id: dead.id, attempts: 2, leaseToken: dead.leaseToken + 1 });
    if (!heir) throw new Error("the lease was not taken over");
    await runProposeStep(ctx(), heir, signal());
    const first = await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 });
    await runProposeStep(ctx(), dead, signal());
    const { columns } = ctx().store.t;
    expect(Number(await ctx().store.read.$count(columns, eq(columns.turnId, first.turnId)))).toBe(4);
    await runDueSteps(ctx());
    expect((await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).status).toBe("ready");
  });

  test("a crash between two images loses and repeats nothing", async () => {
    const { rater, assignmentId } = await waitingTurn();
    await runDueSteps(ctx(), ["propose"]);
    const some = await claimSteps(ctx(), { owner: "w1", kind: "render", limit: 7, leaseMs: 60_000 });
    for (const step of some.slice(0, 5)) await runRenderStep(ctx(), step, signal());
    // The process dies here: two steps stay claimed, nine are not begun.
    expect(await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).toMatchObject({ readyImages: 5 });
    open().advance(61_000);
    await runDueSteps(ctx());
    expect((await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).status).toBe("ready");
    const { generationSteps: steps, turns } = ctx().store.t;
    const [turn] = await ctx()
      .store.read.select()
      .from(turns)
      .where(eq(turns.id, some[0]?.turnId ?? ""));
    const attempts = await ctx()
      .store.read.select({ attempts: steps.attempts })
      .from(steps)
      .where(and(eq(steps.turnId, turn?.id ?? ""), eq(steps.kind, "render")));
    expect(attempts.map((a) => a.attempts).sort()).toEqual([...Array(14).fill(1), 2, 2]);
  });

  test("a model that fails for a while costs time, not the turn", async () => {
    const { rater, assignmentId } = await waitingTurn();
    let failures = 5;
    const swatch = ctx().t2iModels.get("swatch") as T2iModel;
    const flaky = withModel((request, s) =>
      failures-- > 0 ? Promise.reject(new Error("503 from the model")) : swatch.render(request, s),
    );
    for (let i = 0; i < 4; i++) {
      await runDueSteps(flaky);
      open().advance(5_000);
    }
    expect((await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).status).toBe("ready");
  });

  test("a model that never works fails the turn after its last attempt; a retry keeps what was made", async () => {
    const { rater, assignmentId } = await waitingTurn();
    await runDueSteps(ctx(), ["propose"]);
    const good = await claimSteps(ctx(), { owner: "w1", kind: "render", limit: 3, leaseMs: 60_000 });
    for (const step of good) await runRenderStep(ctx(), step, signal());
    const broken = withModel(() => Promise.reject(new Error("out of order")));
    for (let i = 0; i <= MAX_STEP_ATTEMPTS; i++) {
      await runDueSteps(broken);
      open().advance(31_000);
    }
    const failed = await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 });
    expect(failed).toMatchObject({ status: "failed", readyImages: 3, columns: [] });
    const submissionId = newSubmission();
    const retry = () => retryTurn(ctx(), rater, { assignmentId, turnNumber: 1, submissionId });
    expect(await Promise.all([retry(), retry()])).toEqual([{ retried: true }, { retried: true }]);
    await runDueSteps(ctx());
    expect(await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).toMatchObject({ status: "ready" });
    expect(
      await retryTurn(ctx(), rater, { assignmentId, turnNumber: 1, submissionId: newSubmission() }),
    ).toEqual({
      retried: false,
    });
  });

  test("bytes that are no image never reach a slate", async () => {
    const { rater, assignmentId } = await waitingTurn();
    const rubbish = withModel(async () => ({
      bytes: Buffer.from("<html>503 Service Unavailable</html>"),
      mimeType: "image/png",
      widthPx: 1,
      heightPx: 1,
    }));
    await runDueSteps(rubbish);
    const { generationSteps: steps } = ctx().store.t;
    const errors = await ctx()
      .store.read.select({ error: steps.error })
      .from(steps)
      .where(and(eq(steps.kind, "render"), eq(steps.status, "pending")));
    expect(errors.some((e) => e.error?.startsWith("BadImageError"))).toBe(true);
    expect((await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).readyImages).toBe(0);
    open().advance(31_000);
    await runDueSteps(ctx());
  });

  test("one failed attempt counts once, even when it is reported twice", async () => {
    await waitingTurn();
    const [step] = await claimOne("propose");
    if (!step) throw new Error("nothing to claim");
    await failStep(ctx(), step, new Error("first"));
    await failStep(ctx(), step, new Error("second"));
    const { generationSteps: steps } = ctx().store.t;
    const [row] = await ctx().store.read.select().from(steps).where(eq(steps.id, step.id));
    expect(row).toMatchObject({ status: "pending", error: "Error: first", attempts: 1 });
    open().advance(31_000);
    await runDueSteps(ctx());
  });

  test("a step that keeps ending its process is given up, instead of ending it for ever", async () => {
    const { rater, assignmentId } = await waitingTurn();
    for (let crash = 0; crash < MAX_STEP_ATTEMPTS; crash++) {
      expect(await claimOne("propose")).toHaveLength(1);
      open().advance(61_000);
    }
    const worker = startWorker(ctx(), { concurrency: { propose: 1, render: 1 } });
    await expect
      .poll(async () => (await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).status, {
        timeout: 10_000,
      })
      .toBe("failed");
    await worker.stop();
  });

  test("two workers share the work and the next turn knows the choice and the critique", async () => {
    const seen: unknown[] = [];
    const lexicon = ctx().generators.get("lexicon");
    if (!lexicon) throw new Error("no lexicon");
    const context: ServiceContext = {
      ...ctx(),
      now: () => Date.now(),
      generators: new Map([
        [
          "lexicon",
          {
            ...lexicon,
            propose(input, size, s) {
              seen.push(input);
              return lexicon.propose(input, size, s);
            },
          },
        ],
      ]),
    };
    const { rater, assignmentId } = await waitingTurn(context);
    const workers = [1, 2].map(() => startWorker(context, { concurrency: { propose: 1, render: 3 } }));
    const ready = async (turnNumber: number) => {
      for (let i = 0; i < 400; i++) {
        const turn = await getTurn(context, rater, { assignmentId, turnNumber });
        if (turn.status === "ready") return turn;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error("the turn did not become ready");
    };
    try {
      await ready(1);
      await choose(context, rater, assignmentId, 1, { position: 2, critique: "more color" });
      await ready(2);
    } finally {
      await Promise.all(workers.map((w) => w.stop()));
    }
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({
      turnIndex: 1,
      history: [{ turnIndex: 0, critique: "more color", columns: [{}, {}, {}, {}] }],
    });
  });
});
