import { and, eq } from "drizzle-orm";
import sharp from "sharp";
import { expect, test } from "vitest";
import {
  type AgentInput,
  type Candidate,
  DIRECT_SLATE_CATEGORY,
  type DirectSlateAgent,
  type InputImage,
} from "../../../app/agents/port.ts";
import type { Actor } from "../../../app/domain/actor.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import { agentSchema, defaultStudySettings, type StudySettings } from "../../../app/domain/study-settings.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { createSwatchModel } from "../../../app/t2i/swatch/index.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { choose, openStudy, runDueSteps, sendPrompt, startTask } from "../../support/session.ts";

/** Writes the slate itself and keeps what it was given. */
function scriptedWriter(seen: AgentInput[], write: (count: number) => Candidate[]): DirectSlateAgent {
  return {
    id: "writer",
    version: "9",
    async proposeSlate(input, columnCount) {
      seen.push(input);
      return write(columnCount);
    },
  };
}

const fourPrompts = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, i) => ({ prompt: `a lighthouse ${i}`, category: DIRECT_SLATE_CATEGORY }));

const armsWith = (agent: StudySettings["arms"][number]["agent"]): Partial<StudySettings> => ({
  arms: [{ key: "one", label: "One", weight: 1, agent }],
});
const DIRECT = armsWith({ generator: "writer", selector: null, t2iModel: "swatch" });

describeBothDatabases("agents of an arm", (open) => {
  const withWriter = (writer: DirectSlateAgent): ServiceContext => ({
    ...open().ctx,
    directSlates: new Map([[writer.id, writer]]),
  });

  async function firstTurn(ctx: ServiceContext, settings: Partial<StudySettings>) {
    const { studyId, raters } = await openStudy(ctx, { settings });
    const rater = raters[0] as Actor;
    const assignmentId = await startTask(ctx, rater, studyId);
    await sendPrompt(ctx, rater, assignmentId);
    await runDueSteps(ctx);
    const { turns, trajectories } = ctx.store.t;
    const [row] = await ctx.store.read
      .select({ turnId: turns.id, status: turns.status })
      .from(turns)
      .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
      .where(and(eq(trajectories.assignmentId, assignmentId), eq(turns.turnIndex, 0)));
    if (!row) throw new Error("no turn");
    return { ...row, rater, assignmentId };
  }

  test("a direct slate shows the model's own prompts, without scores and propensities", async () => {
    const ctx = withWriter(scriptedWriter([], fourPrompts));
    const { turnId, status } = await firstTurn(ctx, DIRECT);
    expect(status).toBe("ready");
    const { candidates, slates } = ctx.store.t;
    const rows = await ctx.store.read.select().from(candidates).where(eq(candidates.turnId, turnId));
    expect(rows.map((c) => [c.prompt, c.inSlate, c.propensity, c.selectorScore])).toEqual(
      [0, 1, 2, 3].map((i) => [`a lighthouse ${i}`, true, null, null]),
    );
    const [slate] = await ctx.store.read.select().from(slates).where(eq(slates.turnId, turnId));
    expect(slate).toMatchObject({ agentVersion: "writer/9+direct-slate", selectorFallback: null });
  });

  test("the agent can look at the chosen column's images of every finished turn", async () => {
    const seen: AgentInput[] = [];
    const ctx = withWriter(scriptedWriter(seen, fourPrompts));
    const { rater, assignmentId } = await firstTurn(ctx, DIRECT);
    await choose(ctx, rater, assignmentId, 1, { position: 2, critique: "more color" });
    await runDueSteps(ctx);
    const [turn] = seen[1]?.history ?? [];
    const images = (await turn?.loadChosenImages?.()) as InputImage[];
    expect(images.map((image) => image.mimeType)).toEqual(Array(4).fill("image/webp"));
    const meta = await Promise.all(images.map(({ bytes }) => sharp(bytes).metadata()));
    expect(meta.map((m) => [m.format, m.width])).toEqual(Array(4).fill(["webp", 256]));
    // The same picture again, drawn from the chosen prompt: the images are those of the chosen column.
    const { images: rows, choices } = ctx.store.t;
    const [first] = await ctx.store.read
      .select({ seed: rows.seed })
      .from(rows)
      .innerJoin(choices, eq(choices.columnId, rows.columnId))
      .where(and(eq(rows.imageIndex, 0), eq(choices.critique, "more color")))
      .limit(1);
    const prompt = turn?.columns[turn.chosenColumnIndex]?.prompt as string;
    const drawn = await createSwatchModel().render(
      { prompt, seed: first?.seed as number, sizePx: 256 },
      AbortSignal.timeout(5000),
    );
    const mean = async (bytes: Buffer) =>
      (await sharp(bytes).stats()).channels.map((c) => Math.round(c.mean / 8));
    expect(await mean((images[0] as InputImage).bytes)).toEqual(await mean(drawn.bytes));
  });

  test.each([
    ["too few prompts", () => fourPrompts(3)],
    ["a prompt twice", (n: number) => fourPrompts(n).map((c) => ({ ...c, prompt: "a lighthouse" }))],
    ["a category of its own", (n: number) => fourPrompts(n).map((c) => ({ ...c, category: "style" }))],
  ])("a direct slate with %s is never shown", async (_, write) => {
    const { status } = await firstTurn(withWriter(scriptedWriter([], write)), DIRECT);
    expect(status).toBe("proposing");
  });

  test("a policy that stood in for the arm's selector is recorded with the slate", async () => {
    const random = open().ctx.selectors.get("random");
    if (!random) throw new Error("no random selector");
    const ctx: ServiceContext = {
      ...open().ctx,
      selectors: new Map([
        [
          "values",
          {
            ...random,
            id: "values",
            select: async (...args) => ({
              ...(await random.select(...args)),
              fallback: { selector: "random/1", fault: "timeout" as const },
            }),
          },
        ],
      ]),
    };
    const agent = { generator: "lexicon", selector: "values", t2iModel: "swatch" };
    const { turnId } = await firstTurn(ctx, armsWith(agent));
    const { slates } = ctx.store.t;
    const [slate] = await ctx.store.read.select().from(slates).where(eq(slates.turnId, turnId));
    expect(slate).toMatchObject({
      agentVersion: "lexicon/1+values/1=>random/1",
      selectorFallback: { selector: "random/1", fault: "timeout" },
    });
  });

  test("an arm without a selector needs a model that writes direct slates", async () => {
    const settings = armsWith({ generator: "lexicon", selector: null, t2iModel: "swatch" });
    const refused = await openStudy(open().ctx, { settings }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RequestError);
    expect((refused as RequestError).fields["arms.0.agent.generator"]).toBe(
      "“lexicon” cannot write the columns itself. Choose a selector.",
    );
  });
});

test("agents frozen before direct slates existed still parse", () => {
  for (const { agent } of defaultStudySettings().arms) expect(agentSchema.parse(agent)).toEqual(agent);
});
