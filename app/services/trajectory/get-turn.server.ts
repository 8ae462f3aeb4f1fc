import { and, asc, desc, eq, isNotNull, lt } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import type { PastTurn, TurnView } from "../../domain/rater-views.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { countImages, loadTurn } from "./load-turn.ts";
import { openSession } from "./rater-step.ts";
import { readFields } from "./saved-fields.ts";
import { shownColumns } from "./shown-columns.ts";

/** Most turns from which the waiting time is estimated. */
const ESTIMATE_FROM = 15;

/** One turn of the interaction phase as the rater sees it, with earlier turns to look back at (images only). */
export async function getTurn(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number },
): Promise<TurnView> {
  const session = await openSession(ctx, actor, args.assignmentId);
  const { header, settings } = session;
  const turn = await loadTurn(ctx, ctx.store.read, session, args.turnNumber);
  const waiting = turn.status !== "ready" && turn.status !== "chosen";
  const progress = await countImages(ctx, ctx.store.read, session, turn.id);
  const earlier = await pastTurns(ctx, session, turn.turnIndex);
  const { choices } = ctx.store.t;
  const [choice] = await ctx.store.read.select().from(choices).where(eq(choices.turnId, turn.id));
  const slates = await shownColumns(ctx, ctx.store.read, waiting ? [] : [turn.id]);
  const names = { column: `column:${args.turnNumber}`, critique: `critique:${args.turnNumber}` };
  const saved = await readFields(ctx, ctx.store.read, args.assignmentId, { names: Object.values(names) });
  return {
    ...header,
    turnNumber: args.turnNumber,
    turnId: turn.id,
    status: turn.status,
    ...progress,
    expectedSeconds: waiting ? await expectedSeconds(ctx, session) : null,
    columns: slates.get(turn.id) ?? [],
    chosenColumnId: choice?.columnId ?? null,
    critiqueMaxWords: settings.critiqueMaxWords,
    draft: choice
      ? { columnId: choice.columnId, critique: choice.critique }
      : {
          columnId: saved[names.column]?.value || null,
          critique: saved[names.critique]?.value ?? "",
        },
    saved,
    past: earlier,
  };
}

async function pastTurns(ctx: ServiceContext, session: LoadedSession, before: number): Promise<PastTurn[]> {
  if (before === 0) return [];
  const { turns, choices } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ turn: turns, choice: choices })
    .from(turns)
    .innerJoin(choices, eq(choices.turnId, turns.id))
    .where(and(eq(turns.trajectoryId, session.trajectory.id), lt(turns.turnIndex, before)))
    .orderBy(asc(turns.turnIndex));
  const slates = await shownColumns(
    ctx,
    ctx.store.read,
    rows.map((r) => r.turn.id),
  );
  return rows.map(({ turn, choice }) => ({
    turnNumber: turn.turnIndex + 1,
    columns: slates.get(turn.id) ?? [],
    chosenColumnId: choice.columnId,
    critique: choice.critique,
  }));
}

/** Median of this session's turns so far, in seconds. */
async function expectedSeconds(ctx: ServiceContext, session: LoadedSession): Promise<number | null> {
  const { turns, trajectories } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ requestedAtMs: turns.requestedAtMs, readyAtMs: turns.readyAtMs })
    .from(turns)
    .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
    .where(and(eq(trajectories.id, session.trajectory.id), isNotNull(turns.readyAtMs)))
    .orderBy(desc(turns.requestedAtMs))
    .limit(ESTIMATE_FROM);
  const durations = rows.map((r) => (r.readyAtMs ?? 0) - r.requestedAtMs).sort((a, b) => a - b);
  const median = durations[Math.floor(durations.length / 2)];
  return median === undefined ? null : Math.max(1, Math.round(median / 1000));
}
