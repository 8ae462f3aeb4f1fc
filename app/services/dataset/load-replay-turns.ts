import { asc, eq, inArray } from "drizzle-orm";
import { columnLabel, imageLabel } from "../../domain/slate.ts";
import type { ReplayColumn, ReplayTurn } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";

/** Every turn of one trajectory with all that is known about it; columns and images as they were shown. */
export async function loadReplayTurns(ctx: ServiceContext, trajectoryId: string): Promise<ReplayTurn[]> {
  const rows = await readRows(ctx, trajectoryId);
  return rows.turns.map(({ turn, shownAtMs, selectorFallback, choice, evaluation }) => ({
    turnIndex: turn.turnIndex,
    turnNumber: turn.turnIndex + 1,
    status: turn.status,
    wordLimit: turn.wordLimit,
    requestedAtMs: turn.requestedAtMs,
    readyAtMs: turn.readyAtMs,
    shownAtMs,
    chosenAtMs: choice?.chosenAtMs ?? null,
    critique: choice?.critique ?? "",
    rationale: evaluation?.rationale ?? "",
    vsPrevious: evaluation?.vsPrevious ?? null,
    turnSatisfaction: evaluation?.turnSatisfaction ?? null,
    failure: turn.failure,
    selectorFallback,
    columns: columnsOf(rows, turn.id, choice?.columnId, evaluation?.confirmedColumnId),
    candidates: rows.candidates
      .filter((c) => c.turnId === turn.id)
      .map(({ turnId: _, ...candidate }) => candidate),
    steps: rows.steps
      .filter((s) => s.turnId === turn.id)
      .map((s) => ({
        kind: s.kind,
        status: s.status,
        attempts: s.attempts,
        durationMs: s.startedAtMs !== null && s.finishedAtMs !== null ? s.finishedAtMs - s.startedAtMs : null,
        error: s.error,
      })),
  }));
}

type Rows = Awaited<ReturnType<typeof readRows>>;

function columnsOf(
  rows: Rows,
  turnId: string,
  chosenColumnId: string | undefined,
  confirmedColumnId: string | null | undefined,
): ReplayColumn[] {
  return rows.columns
    .filter((column) => column.turnId === turnId)
    .map((column) => ({
      columnId: column.id,
      columnIndex: column.columnIndex,
      displayPosition: column.displayPosition,
      label: columnLabel(column.displayPosition),
      prompt: column.prompt,
      category: column.category,
      satisfaction: rows.satisfactions.get(column.id) ?? null,
      chosen: column.id === chosenColumnId,
      confirmed: column.id === confirmedColumnId,
      images: rows.images
        .filter((image) => image.columnId === column.id)
        .map((image) => ({
          imageId: image.id,
          imageIndex: image.imageIndex,
          displayRow: image.displayRow,
          label: imageLabel(column.displayPosition, image.displayRow),
          seed: image.seed,
          parameters: image.parameters,
          sha256: image.sha256,
        })),
    }));
}

async function readRows(ctx: ServiceContext, trajectoryId: string) {
  const t = ctx.store.t;
  const { read } = ctx.store;
  const turns = await read
    .select({
      turn: t.turns,
      shownAtMs: t.slates.shownAtMs,
      selectorFallback: t.slates.selectorFallback,
      choice: t.choices,
      evaluation: t.turnEvaluations,
    })
    .from(t.turns)
    .leftJoin(t.slates, eq(t.slates.turnId, t.turns.id))
    .leftJoin(t.choices, eq(t.choices.turnId, t.turns.id))
    .leftJoin(t.turnEvaluations, eq(t.turnEvaluations.turnId, t.turns.id))
    .where(eq(t.turns.trajectoryId, trajectoryId))
    .orderBy(asc(t.turns.turnIndex));
  const turnIds = turns.map((r) => r.turn.id);
  const [columns, images, satisfactions, candidates, steps] = await Promise.all([
    read
      .select()
      .from(t.columns)
      .where(eq(t.columns.trajectoryId, trajectoryId))
      .orderBy(asc(t.columns.displayPosition)),
    read
      .select()
      .from(t.images)
      .where(eq(t.images.trajectoryId, trajectoryId))
      .orderBy(asc(t.images.displayRow)),
    read
      .select({ columnId: t.columnSatisfactions.columnId, value: t.columnSatisfactions.satisfaction })
      .from(t.columnSatisfactions)
      .where(eq(t.columnSatisfactions.trajectoryId, trajectoryId)),
    turnIds.length === 0
      ? []
      : read
          .select()
          .from(t.candidates)
          .where(inArray(t.candidates.turnId, turnIds))
          .orderBy(asc(t.candidates.candidateIndex)),
    turnIds.length === 0
      ? []
      : read
          .select()
          .from(t.generationSteps)
          .where(inArray(t.generationSteps.turnId, turnIds))
          .orderBy(asc(t.generationSteps.createdAtMs), asc(t.generationSteps.id)),
  ]);
  return {
    turns,
    columns,
    images,
    candidates,
    steps,
    satisfactions: new Map(satisfactions.map((s) => [s.columnId, s.value])),
  };
}
