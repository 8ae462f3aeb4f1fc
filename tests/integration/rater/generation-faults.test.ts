import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { type ProviderCall, ProviderError, type ProviderFault } from "../../../app/domain/provider-call.ts";
import type { StudySettings } from "../../../app/domain/study-settings.ts";
import { returnAssignment } from "../../../app/services/assignment/return-assignment.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { claimSteps } from "../../../app/services/generation/claim-steps.server.ts";
import { sweepTurns } from "../../../app/services/generation/sweep-turns.server.ts";
import { getTurn } from "../../../app/services/trajectory/get-turn.server.ts";
import { hideImage } from "../../../app/services/trajectory/hide-image.server.ts";
import { retryTurn } from "../../../app/services/trajectory/retry-turn.server.ts";
import { rewriteBlocked } from "../../../app/services/trajectory/rewrite-blocked.server.ts";
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

describeBothDatabases("generation under faults", (open) => {
  const ctx = () => open().ctx;

  async function waitingTurn(context: ServiceContext, settings: Partial<StudySettings> = {}) {
    const { studyId, raters } = await openStudy(context, { settings });
    const rater = raters[0] as Actor;
    const assignmentId = await startTask(context, rater, studyId);
    const at = { assignmentId, turnNumber: 1 };
    return { studyId, rater, assignmentId, look: () => getTurn(context, rater, at), at };
  }

  const call = (provider: string, fault: ProviderFault | null, costMicros = 0): ProviderCall => ({
    provider,
    model: "m",
    startedAtMs: ctx().now(),
    durationMs: 5,
    fault,
    billed: true,
    parameters: {},
    inputTokens: null,
    outputTokens: null,
    costMicros,
  });

  /** "swatch" as a remote service that does what `answer` says: a fault, or null for an image. */
  function remote(
    answer: (n: number) => ProviderFault | null,
    options: { retryAfterMs?: number; concurrency?: number; costMicros?: number } = {},
  ): ServiceContext & { asked: () => number } {
    const swatch = ctx().t2iModels.get("swatch") as T2iModel;
    let n = 0;
    const render: T2iModel["render"] = async (request, signal, report) => {
      const fault = answer(n++);
      report?.(call("swatch", fault, options.costMicros));
      if (fault) {
        throw new ProviderError("swatch", fault, "scripted", { retryAfterMs: options.retryAfterMs ?? null });
      }
      return swatch.render(request, signal);
    };
    const info = {
      id: "swatch",
      kind: "scripted",
      roles: ["t2i" as const],
      model: "m",
      concurrency: options.concurrency ?? 16,
      requestsPerMinute: null,
      check: async () => {},
    };
    return {
      ...ctx(),
      t2iModels: new Map([["swatch", { ...swatch, render }]]),
      providers: new Map([["swatch", info]]),
      asked: () => n,
    };
  }

  /** Forgets what other tests made the database think of the provider. */
  const forget = () => ctx().store.tx((tx) => tx.delete(ctx().store.t.providerStates));

  test("a turn that is not ready by its deadline fails and can be tried again, with a new deadline", async () => {
    const { rater, look, at } = await waitingTurn(ctx(), { turnDeadlineSeconds: 30 });
    await sendPrompt(ctx(), rater, at.assignmentId);
    const [running] = await claimSteps(ctx(), { owner: "w", kind: "propose", limit: 1, leaseMs: 600_000 });
    open().advance(29_000);
    await sweepTurns(ctx());
    expect((await look()).status).toBe("proposing");
    open().advance(1_000);
    // No worker is needed to notice.
    expect(await look()).toMatchObject({ status: "failed", failure: "deadline", rewrite: null });
    const { generationSteps: steps } = ctx().store.t;
    const [step] = await ctx()
      .store.read.select()
      .from(steps)
      .where(eq(steps.id, running?.id ?? ""));
    expect(step?.status).toBe("cancelled");
    await retryTurn(ctx(), rater, { ...at, submissionId: newSubmission() });
    await runDueSteps(ctx());
    expect((await look()).status).toBe("ready");
  });

  test("when the rater gives the task back, nothing more is asked of any model", async () => {
    const { rater, assignmentId } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, assignmentId);
    await runDueSteps(ctx(), ["propose"]);
    await returnAssignment(ctx(), rater, { assignmentId, submissionId: newSubmission() });
    const context = remote(() => null);
    await runDueSteps(context);
    expect(context.asked()).toBe(0);
    await forget();
    await runDueSteps(ctx());
  });

  test("an expired task stops its turn; when the rater comes back it goes on by itself", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx(), { turnDeadlineSeconds: 3600 });
    await sendPrompt(ctx(), rater, assignmentId);
    const { assignments, turns } = ctx().store.t;
    await ctx().store.tx((tx) =>
      tx.update(assignments).set({ status: "expired" }).where(eq(assignments.id, assignmentId)),
    );
    await sweepTurns(ctx());
    const stopped = await ctx()
      .store.read.select({ kind: turns.failureKind })
      .from(turns)
      .where(eq(turns.failureKind, "cancelled"));
    expect(stopped.length).toBeGreaterThan(0);
    expect((await look()).status).toBe("proposing");
    await runDueSteps(ctx());
    expect((await look()).status).toBe("ready");
  });

  test("a wrong key fails the turn at once, and costs one call per image that was under way", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, assignmentId);
    const context = remote(() => "misconfigured", { concurrency: 2 });
    await runDueSteps(context);
    expect(await look()).toMatchObject({ status: "failed", failure: "fault" });
    expect(context.asked()).toBe(2);
    await forget();
  });

  test("after Retry-After nobody calls the service before; then the turn is finished", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, assignmentId);
    const context = remote((n) => (n === 0 ? "rate_limited" : null), {
      retryAfterMs: 20_000,
      concurrency: 1,
    });
    await runDueSteps(context);
    expect(context.asked()).toBe(1);
    open().advance(19_000);
    await runDueSteps(context);
    expect(context.asked()).toBe(1);
    open().advance(1_500);
    await runDueSteps(context);
    expect((await look()).status).toBe("ready");
    await forget();
  });

  test("a Retry-After beyond the deadline is not waited for", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx(), { turnDeadlineSeconds: 60 });
    await sendPrompt(ctx(), rater, assignmentId);
    await runDueSteps(remote(() => "rate_limited", { retryAfterMs: 3_600_000, concurrency: 1 }));
    expect(await look()).toMatchObject({ status: "failed", failure: "fault" });
    await forget();
  });

  test("five failures in a row open the breaker; one probe closes it again", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, assignmentId);
    let broken = true;
    const context = remote(() => (broken ? "unavailable" : null));
    await runDueSteps(context, ["propose"]);
    await runDueSteps(context, ["render"]);
    const after = context.asked();
    open().advance(4_000);
    await runDueSteps(context);
    expect(context.asked(), "nothing goes out while it is open").toBe(after);
    open().advance(2_000);
    broken = false;
    const probe = await claimSteps(context, { owner: "w", kind: "render", limit: 8, leaseMs: 1_000 });
    expect(probe).toHaveLength(1);
    open().advance(121_000);
    await runDueSteps(context);
    expect((await look()).status).toBe("ready");
    await forget();
  });

  test("two workers together never exceed a provider's concurrency", async () => {
    const { rater, assignmentId } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, assignmentId);
    const context = remote(() => null, { concurrency: 3 });
    await runDueSteps(context, ["propose"]);
    const claim = (owner: string) =>
      claimSteps(context, { owner, kind: "render", limit: 8, leaseMs: 60_000 });
    const taken = (await Promise.all([claim("w1"), claim("w2")])).flat();
    expect(taken).toHaveLength(3);
    open().advance(61_000);
    await runDueSteps(context);
    await forget();
  });

  test("at the spending limit no new slate is begun, and the coordinator reads why", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx(), { spendCapCents: 10 });
    await sendPrompt(ctx(), rater, assignmentId);
    const context = remote(() => null, { costMicros: 10_000 });
    await runDueSteps(context);
    await choose(context, rater, assignmentId, 1);
    await runDueSteps(context);
    const second = await getTurn(ctx(), rater, { assignmentId, turnNumber: 2 });
    expect(second).toMatchObject({ status: "failed", failure: "spend_cap" });
    expect(context.asked()).toBe(16);
    const { turns, providerCalls } = ctx().store.t;
    const [turn] = await ctx().store.read.select().from(turns).where(eq(turns.id, second.turnId));
    expect(turn?.failure).toContain("0.16 of 0.10 spent");
    const { turnId } = await look();
    const recorded = and(eq(providerCalls.turnId, turnId), eq(providerCalls.provider, "swatch"));
    expect(Number(await ctx().store.read.$count(providerCalls, recorded))).toBe(16);
    await forget();
  });

  test("a listed word is refused kindly beside the field, whatever its spelling, and recorded", async () => {
    const { rater, assignmentId, studyId } = await waitingTurn(ctx());
    for (const prompt of ["a P0RN star", "Pörn!", "a dog, nsfw"]) {
      await expect(sendPrompt(ctx(), rater, assignmentId, prompt)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fields: { prompt: expect.stringContaining("cannot be used in this study") },
      });
    }
    const { safetyBlocks } = ctx().store.t;
    const blocks = await ctx()
      .store.read.select()
      .from(safetyBlocks)
      .where(eq(safetyBlocks.studyId, studyId));
    expect(blocks.map((b) => [b.subject, b.source])).toEqual(Array(3).fill(["prompt", "word-list"]));
    await sendPrompt(ctx(), rater, assignmentId, "a cock crowing on a farm at dawn");
    await runDueSteps(ctx());
    await expect(choose(ctx(), rater, assignmentId, 1, { critique: "more gore" })).rejects.toMatchObject({
      fields: { critique: expect.any(String) },
    });
    await choose(ctx(), rater, assignmentId, 1, { critique: "more color" });
    await runDueSteps(ctx());
  });

  test("a prompt that the model blocks can be written anew before there is a slate; the old one is kept", async () => {
    const { rater, at, look, studyId } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, at.assignmentId, "something the model dislikes");
    const lexicon = ctx().generators.get("lexicon");
    if (!lexicon) throw new Error("no lexicon");
    const blocking: ServiceContext = {
      ...ctx(),
      generators: new Map([
        [
          "lexicon",
          {
            ...lexicon,
            propose: () => Promise.reject(new ProviderError("lexicon", "blocked", "the prompt was stopped")),
          },
        ],
      ]),
    };
    await runDueSteps(blocking);
    expect(await look()).toMatchObject({
      status: "failed",
      failure: "blocked",
      rewrite: { field: "prompt", text: "something the model dislikes" },
    });
    const rewrite = (text: string) =>
      rewriteBlocked(ctx(), rater, { ...at, text, submissionId: newSubmission() });
    await expect(rewrite("nsfw")).rejects.toMatchObject({ fields: { text: expect.any(String) } });
    await expect(rewrite("")).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await rewrite("a quiet harbour")).toEqual({ rewritten: true });
    await runDueSteps(ctx());
    expect(await look()).toMatchObject({ status: "ready", initialPrompt: "a quiet harbour" });
    expect(await rewrite("a loud harbour")).toEqual({ rewritten: false });
    const { safetyBlocks } = ctx().store.t;
    const kept = await ctx().store.read.select().from(safetyBlocks).where(eq(safetyBlocks.studyId, studyId));
    expect(kept.map((b) => b.text)).toContain("something the model dislikes");
  });

  test("an image that a filter stops is made again from another seed, and never shown", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, assignmentId);
    let stopped = 0;
    const context: ServiceContext = {
      ...ctx(),
      imageFilters: [
        { id: "eyes", check: async () => ({ reason: stopped++ === 0 ? "scripted objection" : null }) },
      ],
    };
    await runDueSteps(context);
    expect((await look()).status).toBe("rendering");
    open().advance(31_000);
    await runDueSteps(context);
    expect((await look()).status).toBe("ready");
    expect(stopped).toBe(17);
  });

  test("a hidden image stays hidden on every look, for its rater alone, until it is shown again", async () => {
    const { rater, assignmentId, look } = await waitingTurn(ctx());
    await sendPrompt(ctx(), rater, assignmentId);
    await runDueSteps(ctx());
    const imageId = (await look()).columns[1]?.images[2]?.imageId ?? "";
    const set = (hidden: boolean, who = rater) => hideImage(ctx(), who, { assignmentId, imageId, hidden });
    await Promise.all([set(true), set(true)]);
    expect((await look()).columns[1]?.images[2]).toMatchObject({ hidden: true });
    await set(false);
    expect((await look()).columns[1]?.images[2]).not.toHaveProperty("hidden");
    const { raters } = await openStudy(ctx());
    await expect(set(true, raters[0])).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
