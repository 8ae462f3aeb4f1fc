import { and, asc, type Column, desc, eq, gt, lt, or, type SQL } from "drizzle-orm";
import { RequestError } from "../../domain/errors.ts";

/** Position after one row of a list that is sorted by time, newest first, then by id. */
interface Position {
  ms: number;
  id: string;
}

export const PAGE_ROWS_MAX = 100;

/** `limit` within what one page may hold. */
export function pageSize(limit: number | undefined, fallback = 50): number {
  return Math.min(Math.max(1, Math.trunc(limit ?? fallback)), PAGE_ROWS_MAX);
}

/** The rows after `cursor` (from {@link cursorAfter}); undefined on the first page. */
export function afterCursor(cursor: string | null | undefined, ms: Column, id: Column): SQL | undefined {
  if (!cursor) return undefined;
  const position = parseCursor(cursor);
  return or(lt(ms, position.ms), and(eq(ms, position.ms), gt(id, position.id)));
}

/** The order that {@link afterCursor} continues. */
export function newestFirst(ms: Column, id: Column): [SQL, SQL] {
  return [desc(ms), asc(id)];
}

/** As {@link afterCursor}, for a list that begins with the oldest. */
export function afterCursorUpwards(
  cursor: string | null | undefined,
  ms: Column,
  id: Column,
): SQL | undefined {
  if (!cursor) return undefined;
  const position = parseCursor(cursor);
  return or(gt(ms, position.ms), and(eq(ms, position.ms), gt(id, position.id)));
}

/** The order that {@link afterCursorUpwards} continues. */
export function oldestFirst(ms: Column, id: Column): [SQL, SQL] {
  return [asc(ms), asc(id)];
}

export function cursorAfter(position: Position): string {
  return Buffer.from(JSON.stringify([position.ms, position.id])).toString("base64url");
}

/**
 * Cuts a query for `limit + 1` rows into a page and the cursor of the next one.
 */
export function cutPage<Row>(
  rows: Row[],
  limit: number,
  positionOf: (row: Row) => Position,
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? cursorAfter(positionOf(last)) : null };
}

function parseCursor(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(value) && value.length === 2) {
      const [ms, id] = value as unknown[];
      if (Number.isSafeInteger(ms) && typeof id === "string" && !id.includes("\0")) {
        return { ms: ms as number, id };
      }
    }
  } catch {
    // Answered below: whoever edits a cursor is told to start over.
  }
  throw new RequestError("BAD_REQUEST", "This page of the list does not exist. Go back to its first page.");
}
