import { and, asc, eq, lt } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import type { PastTurn, TurnView } from "../../domain/rater-views.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { medianOfLatestTurns } from "../study/measure-generation.server.ts";
import { countImages, openTurn } from "./load-turn.ts";
import { openSession } from "./rater-step.ts";
import { readFields } from "./saved-fields.ts";
import { shownColumns } from "./shown-columns.ts";

type Turn = Awaited<ReturnType<typeof openTurn>>;

/** One turn of the interaction phase as the rater sees it, with earlier turns to look back at (images only). */
export async function getTurn(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; turnNumber: number },
): Promise<TurnView> {
  const session = await openSession(ctx, actor, args.assignmentId);
  const { header, settings } = session;
  const turn = await openTurn(ctx, session, args.turnNumber);
  const waiting = turn.status !== "ready" && turn.status !== "chosen";
  const { readyImageIds: _, ...progress } = await countImages(ctx, ctx.store.read, session, turn.id);
  const earlier = await pastTurns(ctx, session, turn.turnIndex);
  const { choices } = ctx.store.t;
  const [choice] = await ctx.store.read.select().from(choices).where(eq(choices.turnId, turn.id));
  const slates = await shownColumns(
    ctx,
    ctx.store.read,
    session.assignment.raterId,
    waiting ? [] : [turn.id],
  );
  const names = { column: `column:${args.turnNumber}`, critique: `critique:${args.turnNumber}` };
  const saved = await readFields(ctx, ctx.store.read, args.assignmentId, { names: Object.values(names) });
  return {
    ...header,
    turnNumber: args.turnNumber,
    turnId: turn.id,
    status: turn.status,
    ...progress,
    waitedSeconds: Math.max(0, Math.round((ctx.now() - askedAtMs(turn, settings)) / 1000)),
    expectedSeconds: waiting ? await expectedSeconds(ctx, session) : null,
    failure: turn.status === "failed" ? (turn.failureKind ?? "fault") : null,
    rewrite: await findRewrite(ctx, session, turn),
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
    session.assignment.raterId,
    rows.map((r) => r.turn.id),
  );
  return rows.map(({ turn, choice }) => ({
    turnNumber: turn.turnIndex + 1,
    columns: slates.get(turn.id) ?? [],
    chosenColumnId: choice.columnId,
    critique: choice.critique,
  }));
}

/** The deadline tells when the slate was asked for last. */
function askedAtMs(turn: Turn, settings: StudySettings): number {
  return turn.deadlineAtMs === null
    ? turn.requestedAtMs
    : turn.deadlineAtMs - settings.turnDeadlineSeconds * 1000;
}

/** What may be written anew, where a filter stopped the turn and there is no slate yet. */
async function findRewrite(
  ctx: ServiceContext,
  { trajectory, settings }: LoadedSession,
  turn: Turn,
): Promise<TurnView["rewrite"]> {
  if (turn.status !== "failed" || turn.failureKind !== "blocked") return null;
  const { slates, turns, choices } = ctx.store.t;
  if ((await ctx.store.read.$count(slates, eq(slates.turnId, turn.id))) > 0) return null;
  if (turn.turnIndex === 0) {
    const maxWords = settings.initialPromptMaxWords;
    return { field: "prompt", text: trajectory.initialPrompt, maxWords };
  }
  const [before] = await ctx.store.read
    .select({ critique: choices.critiqueSentToAgent })
    .from(choices)
    .innerJoin(turns, eq(turns.id, choices.turnId))
    .where(and(eq(turns.trajectoryId, trajectory.id), eq(turns.turnIndex, turn.turnIndex - 1)));
  return before?.critique
    ? { field: "critique", text: before.critique, maxWords: settings.critiqueMaxWords }
    : null;
}

/** Median of the study's latest turns, in seconds: over all arms, so that it tells nothing of one. */
async function expectedSeconds(ctx: ServiceContext, session: LoadedSession): Promise<number | null> {
  const medianMs = await medianOfLatestTurns(ctx, session.trajectory.studyId);
  return medianMs === null ? null : Math.max(1, Math.round(medianMs / 1000));
}
