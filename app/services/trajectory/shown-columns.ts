import { and, asc, eq, inArray } from "drizzle-orm";
import type { ShownColumn } from "../../domain/rater-views.ts";
import { columnLabel, imageLabel } from "../../domain/slate.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

/**
 * The slates of some turns as this rater sees them: display order, labels, opaque ids. Nothing else of a column or image may
 * ever be added here: this is what goes to the rater's browser.
 */
export async function shownColumns(
  ctx: ServiceContext,
  reader: AnyReader,
  raterId: string,
  turnIds: readonly string[],
): Promise<Map<string, ShownColumn[]>> {
  const out = new Map<string, ShownColumn[]>();
  if (turnIds.length === 0) return out;
  const { columns, images, hiddenImages } = ctx.store.t;
  const rows = await reader
    .select({
      turnId: columns.turnId,
      columnId: columns.id,
      displayPosition: columns.displayPosition,
      imageId: images.id,
      displayRow: images.displayRow,
      status: images.status,
      placeholder: images.placeholder,
      hiddenAtMs: hiddenImages.hiddenAtMs,
    })
    .from(columns)
    .innerJoin(images, eq(images.columnId, columns.id))
    .leftJoin(hiddenImages, and(eq(hiddenImages.imageId, images.id), eq(hiddenImages.raterId, raterId)))
    .where(inArray(columns.turnId, [...turnIds]))
    .orderBy(asc(columns.turnId), asc(columns.displayPosition), asc(images.displayRow));
  for (const row of rows) {
    let slate = out.get(row.turnId);
    if (!slate) {
      slate = [];
      out.set(row.turnId, slate);
    }
    let column = slate.at(-1);
    if (column?.columnId !== row.columnId) {
      column = { columnId: row.columnId, label: columnLabel(row.displayPosition), images: [] };
      slate.push(column);
    }
    column.images.push({
      imageId: row.imageId,
      label: imageLabel(row.displayPosition, row.displayRow),
      ready: row.status === "ready",
      // An image that its rater does not want to see is not hinted at either.
      ...(row.placeholder === null || row.hiddenAtMs !== null ? {} : { placeholder: row.placeholder }),
      ...(row.hiddenAtMs === null ? {} : { hidden: true as const }),
    });
  }
  return out;
}
