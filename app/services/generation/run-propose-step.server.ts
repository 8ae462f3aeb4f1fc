import { and, eq } from "drizzle-orm";
import { chunk, type Tx } from "../../../db/store.ts";
import type { AgentInput, Candidate, SelectorResult } from "../../agents/port.ts";
import { isLive } from "../../domain/assignment.ts";
import type { ProviderCall } from "../../domain/provider-call.ts";
import { createRandom, seedFrom } from "../../domain/random.ts";
import { drawSlateOrder, positionsOf, type SlateOrder } from "../../domain/slate.ts";
import type { AgentConfig, StudySettings } from "../../domain/study-settings.ts";
import { transitionTurn } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import type { ClaimedStep } from "./claim-steps.server.ts";
import { completeStep, SpendCapError } from "./finish-step.ts";
import { loadHistory } from "./load-history.ts";
import { patiently } from "./patience.ts";
import { recordCalls, spentMicros } from "./provider-gate.ts";
import { need, runAgent } from "./run-agent.ts";
import { cancelTurn } from "./sweep-turns.server.ts";
import { timed } from "./timed-call.ts";

const MICROS_PER_CENT = 10_000;

/**
 * Runs the agent for one turn (paper 3.1): candidates, then the L columns, then one "render" step per image. Upstream
 * calls are added to `calls`. Throws what the agent throws; the worker decides about another attempt.
 */
export async function runProposeStep(
  ctx: ServiceContext,
  step: ClaimedStep,
  signal: AbortSignal,
  calls: ProviderCall[] = [],
): Promise<void> {
  const { turn, trajectory, agent, proposed, ...work } = await loadWork(ctx, step);
  if (!work.isLive) return void (await cancelTurn(ctx, turn.id));
  const settings = await settingsOfVersion(ctx, ctx.store.read, trajectory.studyId, trajectory.studyVersion);
  await assertBudget(ctx, trajectory.studyId);
  const input: AgentInput = {
    initialPrompt: trajectory.initialPrompt,
    history: await loadHistory(ctx, trajectory, turn.turnIndex),
    turnIndex: turn.turnIndex,
    wordLimit: turn.wordLimit,
    seed: turn.seed,
  };
  const model = need(ctx.t2iModels.get(agent.t2iModel), "T2I model", agent.t2iModel);
  const { agentVersion, candidates, selected } = await timed(ctx, agent.generator, calls, (report) =>
    runAgent(ctx, agent, input, settings, signal, report, {
      candidates: proposed,
      keep: (found) => keepProposal(ctx, step, found),
    }),
  );
  const random = createRandom(seedFrom("slate-order", turn.seed));
  const order = drawSlateOrder(settings.columnCount, settings.imagesPerColumn, random);
  const slate = buildSlate(ctx, { step, turnSeed: turn.seed, agent, settings, candidates, selected, order });
  const now = ctx.now();
  const save = async (tx: Tx) => {
    const { t } = ctx.store;
    const of = { studyId: trajectory.studyId, turnId: turn.id, stepId: step.id };
    await recordCalls(ctx, tx, of, calls);
    const [locked] = await tx.forUpdate(tx.select().from(t.turns).where(eq(t.turns.id, turn.id)));
    const status = locked && transitionTurn(locked.status, { type: "proposed" });
    if (!status || !(await completeStep(ctx, tx, step))) return;
    await tx.update(t.turns).set({ status }).where(eq(t.turns.id, turn.id));
    await tx.insert(t.slates).values({
      turnId: turn.id,
      agentVersion,
      selectorFallback: selected.fallback ?? null,
      t2iModel: `${model.id}/${model.version}`,
      displayOrder: order,
      proposedAtMs: now,
    });
    for (const rows of chunk(slate.candidates)) await tx.insert(t.candidates).values(rows);
    await tx.insert(t.columns).values(slate.columns);
    for (const rows of chunk(slate.images)) await tx.insert(t.images).values(rows);
    for (const rows of chunk(slate.steps)) await tx.insert(t.generationSteps).values(rows);
    await recordEvent(ctx, tx, {
      type: "slate.proposed",
      studyId: trajectory.studyId,
      raterId: trajectory.raterId,
      assignmentId: trajectory.assignmentId,
      trajectoryId: trajectory.id,
      turnId: turn.id,
    });
  };
  await patiently(ctx, () => ctx.store.tx(save), signal);
}

/** Keeps what the generator gave, as long as the step is ours. */
async function keepProposal(ctx: ServiceContext, step: ClaimedStep, proposed: Candidate[]): Promise<void> {
  const { generationSteps: steps } = ctx.store.t;
  await ctx.store.tx((tx) =>
    tx
      .update(steps)
      .set({ proposed })
      .where(and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken))),
  );
}

/** Throws {@link SpendCapError} when the study's models have cost what its current version allows. */
async function assertBudget(ctx: ServiceContext, studyId: string): Promise<void> {
  const { studies } = ctx.store.t;
  const [study] = await ctx.store.read
    .select({ version: studies.currentVersion })
    .from(studies)
    .where(eq(studies.id, studyId));
  if (!study || study.version === 0) return;
  const { spendCapCents } = await settingsOfVersion(ctx, ctx.store.read, studyId, study.version);
  if (spendCapCents === null) return;
  const spent = await spentMicros(ctx, ctx.store.read, studyId);
  if (spent < spendCapCents * MICROS_PER_CENT) return;
  const text = (micros: number) => (micros / MICROS_PER_CENT / 100).toFixed(2);
  throw new SpendCapError(
    `the study's spending limit is reached: ${text(spent)} of ${text(spendCapCents * MICROS_PER_CENT)} spent`,
  );
}

async function loadWork(ctx: ServiceContext, step: ClaimedStep) {
  const { turns, trajectories, arms, assignments, generationSteps } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({
      turn: turns,
      trajectory: trajectories,
      agent: arms.agent,
      status: assignments.status,
      proposed: generationSteps.proposed,
    })
    .from(generationSteps)
    .innerJoin(turns, eq(turns.id, generationSteps.turnId))
    .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .innerJoin(arms, eq(arms.id, trajectories.armId))
    .where(eq(generationSteps.id, step.id));
  if (!row) throw new Error(`the turn of step ${step.id} is gone`);
  return { ...row, isLive: isLive(row.status) };
}

function buildSlate(
  ctx: ServiceContext,
  w: {
    step: ClaimedStep;
    turnSeed: number;
    agent: AgentConfig;
    settings: StudySettings;
    candidates: Candidate[];
    selected: SelectorResult;
    order: SlateOrder;
  },
) {
  const { turnId, trajectoryId } = w.step;
  const now = ctx.now();
  const inSlate = new Set(w.selected.picks.map((p) => p.candidateIndex));
  const columnPositions = positionsOf(w.order.columns);
  const columns = w.selected.picks.map((pick, columnIndex) => {
    const candidate = w.candidates[pick.candidateIndex] as Candidate;
    return {
      id: ctx.newId("col"),
      turnId,
      trajectoryId,
      columnIndex,
      displayPosition: columnPositions[columnIndex] as number,
      candidateIndex: pick.candidateIndex,
      prompt: candidate.prompt,
      category: candidate.category,
    };
  });
  const images = columns.flatMap((column) => {
    const rowPositions = positionsOf(w.order.rows[column.columnIndex] as number[]);
    return rowPositions.map((displayRow, imageIndex) => ({
      id: ctx.newId("img"),
      columnId: column.id,
      turnId,
      trajectoryId,
      imageIndex,
      displayRow,
      seed: seedFrom("image", w.turnSeed, column.columnIndex, imageIndex),
      status: "pending" as const,
      model: w.agent.t2iModel,
    }));
  });
  return {
    candidates: w.candidates.map((candidate, candidateIndex) => ({
      turnId,
      candidateIndex,
      prompt: candidate.prompt,
      category: candidate.category,
      inSlate: inSlate.has(candidateIndex),
      selectorScore: w.selected.scores[candidateIndex] ?? null,
      propensity: w.selected.propensities[candidateIndex] ?? null,
    })),
    columns,
    images,
    steps: images.map((image) => ({
      id: ctx.newId("stp"),
      turnId,
      trajectoryId,
      kind: "render" as const,
      imageId: image.id,
      provider: w.agent.t2iModel,
      status: "pending" as const,
      runAfterMs: now,
      createdAtMs: now,
    })),
  };
}
