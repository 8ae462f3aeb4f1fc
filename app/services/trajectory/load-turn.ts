import { and, eq } from "drizzle-orm";
import { isLive } from "../../domain/assignment.ts";
import { notFound } from "../../domain/errors.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { restartTurn } from "../generation/restart-turn.ts";
import { failOverdueTurn } from "../generation/sweep-turns.server.ts";

/** Turn `turnNumber` (1-based) of a session. Throws NOT_FOUND when it has not been reached. */
export async function loadTurn(
  ctx: ServiceContext,
  reader: AnyReader,
  session: LoadedSession,
  turnNumber: number,
) {
  const { turns } = ctx.store.t;
  const [turn] = await reader
    .select()
    .from(turns)
    .where(and(eq(turns.trajectoryId, session.trajectory.id), eq(turns.turnIndex, turnNumber - 1)));
  if (!turn) throw notFound("turn");
  return turn;
}

/** The images of a turn that are there; before the slate is known, none of L·M. */
export async function countImages(
  ctx: ServiceContext,
  reader: AnyReader,
  session: LoadedSession,
  turnId: string,
): Promise<{ readyImages: number; totalImages: number; readyImageIds: string[] }> {
  const { images } = ctx.store.t;
  const totalImages = session.settings.columnCount * session.settings.imagesPerColumn;
  const ready = await reader
    .select({ id: images.id })
    .from(images)
    .where(and(eq(images.turnId, turnId), eq(images.status, "ready")));
  return { readyImages: ready.length, totalImages, readyImageIds: ready.map((image) => image.id) };
}

/**
 * The turn, brought up to date on the way: one past its deadline fails, also where no worker is alive to say so, and one
 * that was stopped because the rater had left goes on now that they are back.
 */
export async function openTurn(ctx: ServiceContext, session: LoadedSession, turnNumber: number) {
  const turn = await loadTurn(ctx, ctx.store.read, session, turnNumber);
  const underWay = turn.status === "proposing" || turn.status === "rendering";
  const isOverdue = underWay && turn.deadlineAtMs !== null && turn.deadlineAtMs <= ctx.now();
  const isBack =
    turn.status === "failed" && turn.failureKind === "cancelled" && isLive(session.assignment.status);
  if (!isOverdue && !isBack) return turn;
  if (isOverdue) await failOverdueTurn(ctx, turn.id);
  if (isBack) {
    await ctx.store.tx((tx) => restartTurn(ctx, tx, turn.id, session.settings));
    ctx.wakeWorker();
  }
  return loadTurn(ctx, ctx.store.read, session, turnNumber);
}
