import { and, eq } from "drizzle-orm";
import { notFound } from "../../domain/errors.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

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

/** How many images of a turn exist and how many are ready; before the slate is known, none of L·M. */
export async function countImages(
  ctx: ServiceContext,
  reader: AnyReader,
  session: LoadedSession,
  turnId: string,
): Promise<{ readyImages: number; totalImages: number }> {
  const { images } = ctx.store.t;
  const totalImages = session.settings.columnCount * session.settings.imagesPerColumn;
  const readyImages = await reader.$count(images, and(eq(images.turnId, turnId), eq(images.status, "ready")));
  return { readyImages: Number(readyImages), totalImages };
}
