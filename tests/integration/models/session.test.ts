import { buffer } from "node:stream/consumers";
import { asc, eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import type { StudySettings } from "../../../app/domain/study-settings.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { providersFrom } from "../../support/providers/adapters.ts";
import {
  type FaultKind,
  geminiTexts,
  modelEnv,
  type ScriptedServer,
  type SeenRequest,
  startGemini,
  startHttpValue,
  startSdWebUi,
} from "../../support/providers/index.ts";
import { choose, openStudy, runDueSteps, sendPrompt, startTask } from "../../support/session.ts";

/** Whole sessions on remote models, at the level of use cases. */
describeBothDatabases("sessions on Gemini and the Stable Diffusion web UI", (open) => {
  let gemini: ScriptedServer;
  let sdxl: ScriptedServer;
  let values: ScriptedServer;
  let ctx: ServiceContext;

  beforeAll(async () => {
    [gemini, sdxl, values] = await Promise.all([startGemini(), startSdWebUi(), startHttpValue()]);
    const providers = providersFrom({
      ...modelEnv("gemini", gemini, { IMAGES: "8" }),
      ...modelEnv("sdxl", sdxl, { STEPS: "10" }),
      ...modelEnv("values", values, { FALLBACK: "random" }),
    });
    const byId = <T extends { id: string }>(own: ReadonlyMap<string, T>, more: T[]) =>
      new Map([...own, ...more.map((one) => [one.id, one] as const)]);
    const base = open().ctx;
    ctx = {
      ...base,
      generators: byId(base.generators, providers.generators),
      selectors: byId(base.selectors, providers.selectors),
      directSlates: byId(base.directSlates, providers.directSlates),
      t2iModels: byId(base.t2iModels, providers.t2iModels),
      providers: providers.infos,
    };
  });
  afterAll(() => Promise.all([gemini.close(), sdxl.close(), values.close()]));

  async function begin(
    selector: string | null,
    valueFaults: FaultKind[] = [],
  ): Promise<{ rater: Actor; assignmentId: string }> {
    for (const server of [gemini, sdxl, values]) server.reset();
    values.fail(valueFaults);
    const agent = { generator: "gemini", selector, t2iModel: "sdxl" };
    const settings: Partial<StudySettings> = {
      horizon: 2,
      arms: [{ key: "real", label: "Real", weight: 1, agent }],
    };
    const { studyId, raters } = await openStudy(ctx, { settings });
    const rater = raters[0] as Actor;
    const assignmentId = await startTask(ctx, rater, studyId);
    await sendPrompt(ctx, rater, assignmentId);
    await runDueSteps(ctx);
    return { rater, assignmentId };
  }

  /** The latest slate of a task, with its turn. */
  const latestSlate = async (assignmentId: string) => {
    const { slates, turns, trajectories } = ctx.store.t;
    const rows = await ctx.store.read
      .select({ slate: slates, turn: turns, studyId: trajectories.studyId })
      .from(slates)
      .innerJoin(turns, eq(turns.id, slates.turnId))
      .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
      .where(eq(trajectories.assignmentId, assignmentId))
      .orderBy(asc(turns.turnIndex));
    return rows.at(-1) as (typeof rows)[number];
  };

  test("two turns: the agent sees what was chosen, and every image knows how it was made", async () => {
    const { rater, assignmentId } = await begin("values");
    await choose(ctx, rater, assignmentId, 1, { position: 1, critique: "more color" });
    await runDueSteps(ctx);
    expect([gemini.billed, values.billed, sdxl.billed]).toEqual([2, 2, 32]);
    const second = geminiTexts(gemini.calls[1] as SeenRequest);
    expect(second.user).toContain('"critique":"more color"');
    expect(second.images).toBe(4);

    const { turn, slate, studyId } = await latestSlate(assignmentId);
    expect(turn.status).toBe("ready");
    expect(slate).toMatchObject({
      agentVersion: "gemini/scripted-model+p1+values/1",
      t2iModel: "sdxl/loaded-model",
      selectorFallback: null,
    });
    const { images } = ctx.store.t;
    const rows = await ctx.store.read.select().from(images).where(eq(images.turnId, turn.id));
    expect(rows).toHaveLength(16);
    for (const { parameters, seed } of rows) {
      expect(parameters).toMatchObject({
        model: "sd_xl_base_1.0 [31e35c80fc]",
        software: "v1.10.1",
        seed,
        steps: 10,
        guidance: 7,
        sampler: "Euler a",
        sizePx: 256,
      });
    }
    const prompts = sdxl.calls.map((call) => (call.body as { prompt: string }).prompt);
    const objects = ctx.objects.inStudy(studyId);
    for (const sha256 of rows.flatMap((row) => [row.sha256, row.displaySha256])) {
      const bytes = await buffer(await objects.read(sha256 as string));
      expect((await sharp(bytes).metadata()).comments, "the web UI writes the prompt into its images").toBe(
        undefined,
      );
      for (const prompt of new Set(prompts)) expect(bytes.includes(prompt)).toBe(false);
    }
  });

  test("a value server that fails hands over to the declared policy, and the slate says so", async () => {
    const { assignmentId } = await begin("values", ["server_error"]);
    const { slate } = await latestSlate(assignmentId);
    expect(slate.selectorFallback).toEqual({ selector: "random/1", fault: "unavailable" });
  });

  test("a direct slate costs one call of the language model", async () => {
    const { assignmentId } = await begin(null);
    expect([gemini.billed, values.billed, sdxl.billed]).toEqual([1, 0, 16]);
    expect((await latestSlate(assignmentId)).slate.agentVersion).toBe(
      "gemini/scripted-model+p1+direct-slate",
    );
  });

  test("a prompt that the model's filter stops fails the turn at once, without another call", async () => {
    const { rater, assignmentId } = await begin(null);
    gemini.fail(["blocked"]);
    await choose(ctx, rater, assignmentId, 1);
    await runDueSteps(ctx);
    open().advance(3_600_000);
    await runDueSteps(ctx);
    expect(gemini.billed).toBe(2);
    const { turns, trajectories } = ctx.store.t;
    const rows = await ctx.store.read
      .select({ status: turns.status })
      .from(turns)
      .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
      .where(eq(trajectories.assignmentId, assignmentId))
      .orderBy(asc(turns.turnIndex));
    expect(rows.map((turn) => turn.status)).toEqual(["chosen", "failed"]);
  });
});
