import { and, asc, eq, lt } from "drizzle-orm";
import { chunk } from "../../../db/store.ts";
import type { AgentInput, Candidate, HistoryTurn, SelectorResult } from "../../agents/port.ts";
import { AgentOutputError } from "../../agents/port.ts";
import { assertCandidates } from "../../agents/validate-candidates.ts";
import { createRandom, seedFrom } from "../../domain/random.ts";
import { drawSlateOrder, positionsOf, type SlateOrder } from "../../domain/slate.ts";
import type { AgentConfig, StudySettings } from "../../domain/study-settings.ts";
import { transitionTurn } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import type { ClaimedStep } from "./claim-steps.server.ts";
import { completeStep } from "./finish-step.ts";

/**
 * Runs the agent for one turn (paper 3.1): candidates, then the L columns, then one "render" step per image.
 * Throws what the agent throws; the worker decides about another attempt.
 */
export async function runProposeStep(
  ctx: ServiceContext,
  step: ClaimedStep,
  signal: AbortSignal,
): Promise<void> {
  const { turn, trajectory, agent } = await loadWork(ctx, step);
  const settings = await settingsOfVersion(ctx, ctx.store.read, trajectory.studyId, trajectory.studyVersion);
  const input: AgentInput = {
    initialPrompt: trajectory.initialPrompt,
    history: await loadHistory(ctx, trajectory.id, turn.turnIndex),
    turnIndex: turn.turnIndex,
    wordLimit: turn.wordLimit,
    seed: turn.seed,
  };
  const generator = need(ctx.generators.get(agent.generator), "candidate generator", agent.generator);
  const selector = need(ctx.selectors.get(agent.selector), "candidate selector", agent.selector);
  const model = need(ctx.t2iModels.get(agent.t2iModel), "T2I model", agent.t2iModel);
  const size = { candidateCount: settings.candidateCount, categoryCount: settings.categoryCount };
  const candidates = await generator.propose(input, size, signal);
  assertCandidates(candidates, input, size);
  const selected = await selector.select(input, candidates, settings.columnCount, signal);
  assertSelection(selected, candidates, settings.columnCount);

  const random = createRandom(seedFrom("slate-order", turn.seed));
  const order = drawSlateOrder(settings.columnCount, settings.imagesPerColumn, random);
  const slate = buildSlate(ctx, { step, turnSeed: turn.seed, agent, settings, candidates, selected, order });
  const now = ctx.now();
  await ctx.store.tx(async (tx) => {
    const { t } = ctx.store;
    const [locked] = await tx.forUpdate(tx.select().from(t.turns).where(eq(t.turns.id, turn.id)));
    const status = locked && transitionTurn(locked.status, { type: "proposed" });
    if (!status || !(await completeStep(ctx, tx, step))) return;
    await tx.update(t.turns).set({ status }).where(eq(t.turns.id, turn.id));
    await tx.insert(t.slates).values({
      turnId: turn.id,
      agentVersion: `${generator.id}/${generator.version}+${selector.id}/${selector.version}`,
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
  });
}

function need<T>(value: T | undefined, what: string, id: string): T {
  if (value === undefined) throw new Error(`this server has no ${what} "${id}"`);
  return value;
}

/** At most one candidate per category, exactly L of them (paper 6.1). */
function assertSelection(selected: SelectorResult, candidates: Candidate[], columnCount: number): void {
  const categories = selected.picks.map((p) => candidates[p.candidateIndex]?.category);
  if (selected.picks.length !== columnCount || categories.includes(undefined)) {
    throw new AgentOutputError(`the selector picked ${selected.picks.length} of ${columnCount} columns`);
  }
  if (new Set(categories).size !== columnCount) {
    throw new AgentOutputError("the selector picked two candidates of one category");
  }
}

async function loadWork(ctx: ServiceContext, step: ClaimedStep) {
  const { turns, trajectories, arms } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ turn: turns, trajectory: trajectories, agent: arms.agent })
    .from(turns)
    .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
    .innerJoin(arms, eq(arms.id, trajectories.armId))
    .where(eq(turns.id, step.turnId));
  if (!row) throw new Error(`the turn of step ${step.id} is gone`);
  return row;
}

async function loadHistory(
  ctx: ServiceContext,
  trajectoryId: string,
  before: number,
): Promise<HistoryTurn[]> {
  const { turns, columns, choices } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ turnIndex: turns.turnIndex, column: columns, choice: choices })
    .from(turns)
    .innerJoin(choices, eq(choices.turnId, turns.id))
    .innerJoin(columns, eq(columns.turnId, turns.id))
    .where(and(eq(turns.trajectoryId, trajectoryId), lt(turns.turnIndex, before)))
    .orderBy(asc(turns.turnIndex), asc(columns.columnIndex));
  const history: HistoryTurn[] = [];
  for (const { turnIndex, column, choice } of rows) {
    let entry = history.at(-1);
    if (entry?.turnIndex !== turnIndex) {
      entry = { turnIndex, columns: [], chosenColumnIndex: 0, critique: choice.critiqueSentToAgent };
      history.push(entry);
    }
    entry.columns.push({ columnIndex: column.columnIndex, prompt: column.prompt, category: column.category });
    if (column.id === choice.columnId) entry.chosenColumnIndex = column.columnIndex;
  }
  return history;
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
