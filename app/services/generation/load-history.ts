import { buffer } from "node:stream/consumers";
import { and, asc, eq, lt } from "drizzle-orm";
import type { HistoryTurn, InputImage } from "../../agents/port.ts";
import type { ServiceContext } from "../context.ts";

/** What the rater saw and did in the turns before turn index `before`, for the agent. */
export async function loadHistory(
  ctx: ServiceContext,
  trajectory: { id: string; studyId: string },
  before: number,
): Promise<HistoryTurn[]> {
  const { turns, columns, choices } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ turnIndex: turns.turnIndex, column: columns, choice: choices })
    .from(turns)
    .innerJoin(choices, eq(choices.turnId, turns.id))
    .innerJoin(columns, eq(columns.turnId, turns.id))
    .where(and(eq(turns.trajectoryId, trajectory.id), lt(turns.turnIndex, before)))
    .orderBy(asc(turns.turnIndex), asc(columns.columnIndex));
  const history: HistoryTurn[] = [];
  for (const { turnIndex, column, choice } of rows) {
    let entry = history.at(-1);
    if (entry?.turnIndex !== turnIndex) {
      entry = { turnIndex, columns: [], chosenColumnIndex: 0, critique: choice.critiqueSentToAgent };
      history.push(entry);
    }
    entry.columns.push({ columnIndex: column.columnIndex, prompt: column.prompt, category: column.category });
    if (column.id !== choice.columnId) continue;
    entry.chosenColumnIndex = column.columnIndex;
    entry.loadChosenImages = () => loadImages(ctx, trajectory.studyId, column.id);
  }
  return history;
}

/** The images of a column as the rater saw them (WebP), in logical order. */
async function loadImages(ctx: ServiceContext, studyId: string, columnId: string): Promise<InputImage[]> {
  const { images } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ sha256: images.displaySha256 })
    .from(images)
    .where(and(eq(images.columnId, columnId), eq(images.status, "ready")))
    .orderBy(asc(images.imageIndex));
  const objects = ctx.objects.inStudy(studyId);
  return Promise.all(
    rows.map(async ({ sha256 }) => ({
      bytes: await buffer(await objects.read(sha256 as string)),
      mimeType: "image/webp" as const,
    })),
  );
}
