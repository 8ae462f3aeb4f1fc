import { and, asc, desc, eq, gt, gte, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { RequestError } from "../../domain/errors.ts";
import type { TrajectoryFilter, TrajectoryFlag, TrajectorySort } from "../../domain/trajectory-query.ts";
import type { ServiceContext } from "../context.ts";

/** What the filter leaves of a study, as a condition on `trajectories` alone: it holds what is asked, so nothing is joined. */
export function trajectoryConditions(ctx: ServiceContext, studyId: string, filter: TrajectoryFilter): SQL {
  const { trajectories: t } = ctx.store.t;
  const conditions: (SQL | undefined)[] = [
    eq(t.studyId, studyId),
    filter.status && eq(t.assignmentStatus, filter.status),
    filter.source && eq(t.source, filter.source),
    filter.armId ? eq(t.armId, filter.armId) : undefined,
    filter.raterId ? eq(t.raterId, filter.raterId) : undefined,
    filter.version === undefined ? undefined : eq(t.studyVersion, filter.version),
    filter.flag && flagged(ctx, studyId, filter.flag),
    filter.text ? contains(ctx, filter.text) : undefined,
    filter.startedFromMs === undefined ? undefined : gte(t.startedAtMs, filter.startedFromMs),
    filter.startedBeforeMs === undefined ? undefined : lt(t.startedAtMs, filter.startedBeforeMs),
    filter.satisfactionMin === undefined ? undefined : gte(t.meanSatisfaction, filter.satisfactionMin),
    filter.satisfactionMax === undefined ? undefined : lte(t.meanSatisfaction, filter.satisfactionMax),
    filter.tookMinMs === undefined ? undefined : gte(tookMs(ctx), filter.tookMinMs),
    filter.tookMaxMs === undefined ? undefined : lte(tookMs(ctx), filter.tookMaxMs),
  ];
  return and(...conditions) as SQL;
}

/** From the first page to the hand-in; null while it is not handed in. */
export function tookMs(ctx: ServiceContext): SQL<number | null> {
  const { trajectories: t } = ctx.store.t;
  return sql<number | null>`(${t.completedAtMs} - ${t.startedAtMs})`;
}

function contains(ctx: ServiceContext, text: string): SQL {
  const { trajectories: t } = ctx.store.t;
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return ctx.store.dialect === "postgres"
    ? sql`${t.initialPrompt} ilike ${pattern} escape '\\'`
    : sql`${t.initialPrompt} like ${pattern} escape '\\'`;
}

function flagged(ctx: ServiceContext, studyId: string, flag: TrajectoryFlag): SQL {
  const { trajectories: t, problemReports, turns, safetyBlocks } = ctx.store.t;
  const { read } = ctx.store;
  switch (flag) {
    case "problem":
      return inArray(
        t.assignmentId,
        read
          .select({ id: problemReports.assignmentId })
          .from(problemReports)
          .where(eq(problemReports.studyId, studyId)),
      );
    case "failed":
      return inArray(
        t.id,
        read.select({ id: turns.trajectoryId }).from(turns).where(eq(turns.status, "failed")),
      );
    case "blocked":
      return inArray(
        t.id,
        read
          .select({ id: safetyBlocks.trajectoryId })
          .from(safetyBlocks)
          .where(eq(safetyBlocks.studyId, studyId)),
      );
  }
}

/** Larger than any instant, duration, count or rating. */
const BEYOND = Number.MAX_SAFE_INTEGER;

export interface TrajectoryOrder {
  /** What is sorted by; a number for every row, so that rows without a value have a place: the last. */
  key: SQL<number>;
  descending: boolean;
}

export function trajectoryOrder(
  ctx: ServiceContext,
  sort: TrajectorySort,
  descending: boolean,
): TrajectoryOrder {
  const { trajectories: t } = ctx.store.t;
  const last = descending ? sql`-1` : sql.raw(String(BEYOND));
  const known = { started: t.startedAtMs, turns: t.chosenTurns } as const;
  const maybe = { took: tookMs(ctx), satisfaction: t.meanSatisfaction } as const;
  const key =
    sort === "started" || sort === "turns"
      ? sql<number>`${known[sort]}`
      : sql<number>`coalesce(${maybe[sort]}, ${last})`;
  return { key: key.mapWith(Number), descending };
}

/** A place in the list: next to this row. */
export interface Place {
  key: number;
  id: string;
}

/** Rows on one side of a place, nearest first. */
export function beside(
  ctx: ServiceContext,
  { key, descending }: TrajectoryOrder,
  place: Place | null,
  side: "after" | "before",
): { where: SQL | undefined; orderBy: SQL[] } {
  const { trajectories: t } = ctx.store.t;
  const down = descending === (side === "after");
  // Ids go up with the list.
  const idUp = side === "after";
  const orderBy = [down ? desc(key) : asc(key), idUp ? asc(t.id) : desc(t.id)];
  if (place === null) return { where: undefined, orderBy };
  const further = down ? lt(key, place.key) : gt(key, place.key);
  const sameKey = and(eq(key, place.key), idUp ? gt(t.id, place.id) : lt(t.id, place.id));
  return { where: or(further, sameKey), orderBy };
}

/** `a~…` lists what comes after a row, `b~…` what comes before it. */
export function writeCursor(side: "after" | "before", place: Place): string {
  return `${side === "after" ? "a" : "b"}~${Buffer.from(JSON.stringify([place.key, place.id])).toString("base64url")}`;
}

export function readCursor(cursor: string): { side: "after" | "before"; place: Place } {
  const [side, text = ""] = cursor.split("~");
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if ((side === "a" || side === "b") && Array.isArray(value) && value.length === 2) {
      const [key, id] = value as unknown[];
      if (typeof key === "number" && Number.isFinite(key) && typeof id === "string" && !id.includes("\0"))
        return { side: side === "a" ? "after" : "before", place: { key, id } };
    }
  } catch {
    // Answered below: whoever edits a cursor is told to start over.
  }
  throw new RequestError("BAD_REQUEST", "This page of the list does not exist. Go back to its first page.");
}
