import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import { listImbalance } from "../../domain/allocation.ts";
import type { Stratum } from "../../domain/allocation-view.ts";
import { byLetter } from "../../domain/arm-mask.ts";
import { COMPLETED_STATUSES, LIVE_STATUSES } from "../../domain/assignment.ts";
import type { Page } from "../../domain/staff-views.ts";
import type { AllocationLevel } from "../../domain/study-parts.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "../dataset/keyset.ts";
import type { ArmMask } from "./load-arm-mask.ts";

interface VersionOfStudy {
  studyId: string;
  version: number;
}

const POOL_PREFIX = "pool:";
const STRATA_PER_PAGE = 20;

/** The allocation lists of one version, latest first, with what came of each. */
export async function listStrata(
  ctx: ServiceContext,
  args: VersionOfStudy & { level: AllocationLevel; mask: ArmMask; cursor?: string | null },
): Promise<Page<Stratum>> {
  const { allocationLists: lists } = ctx.store.t;
  const own = and(eq(lists.studyId, args.studyId), eq(lists.studyVersion, args.version));
  const limit = pageSize(STRATA_PER_PAGE);
  const [rows, total] = await Promise.all([
    ctx.store.read
      .select({ id: lists.id, stratum: lists.stratum, createdAtMs: lists.createdAtMs })
      .from(lists)
      .where(and(own, afterCursor(args.cursor, lists.createdAtMs, lists.id)))
      .orderBy(...newestFirst(lists.createdAtMs, lists.id))
      .limit(limit + 1),
    ctx.store.read.select({ n: count() }).from(lists).where(own),
  ]);
  const page = cutPage(rows, limit, (row) => ({ ms: row.createdAtMs, id: row.id }));
  const names = page.rows.map((row) => stratumName(row.stratum));
  const [drawn, work] = await Promise.all([
    countDrawn(
      ctx,
      page.rows.map((row) => row.id),
    ),
    countWork(ctx, args, names),
  ]);
  return {
    nextCursor: page.nextCursor,
    total: total[0]?.n ?? 0,
    rows: page.rows.map((list) => {
      const name = stratumName(list.stratum);
      const arms = drawn.filter((row) => row.listId === list.id);
      return {
        listId: list.id,
        name,
        imbalance: listImbalance(arms),
        arms: arms
          .map((arm) => {
            const done = work.find((row) => row.armId === arm.armId && row.name === name);
            return {
              letter: args.mask.letterOf(arm.armKey),
              drawn: arm.drawn,
              live: done?.live ?? 0,
              completed: done?.completed ?? 0,
            };
          })
          .sort(byLetter),
      };
    }),
  };
}

/** The list of one version whose counts are furthest apart; null before the first draw. */
export async function findLargestImbalance(
  ctx: ServiceContext,
  args: VersionOfStudy,
): Promise<{ stratum: string; value: number } | null> {
  const { allocationLists: lists, allocationEntries: entries, arms } = ctx.store.t;
  // A list holds whole blocks, so it has entries of every arm, drawn or not.
  const shares = ctx.store.read
    .select({
      listId: entries.listId,
      share: sql<number>`count(${entries.drawnAtMs}) * 1.0 / ${arms.weight}`.as("share"),
    })
    .from(lists)
    .innerJoin(entries, eq(entries.listId, lists.id))
    .innerJoin(arms, eq(arms.id, entries.armId))
    .where(and(eq(lists.studyId, args.studyId), eq(lists.studyVersion, args.version)))
    .groupBy(entries.listId, arms.id, arms.weight)
    .as("shares");
  const [worst] = await ctx.store.read
    .select({ listId: shares.listId })
    .from(shares)
    .groupBy(shares.listId)
    .orderBy(desc(sql`max(${shares.share}) - min(${shares.share})`), shares.listId)
    .limit(1);
  if (!worst) return null;
  const [list] = await ctx.store.read.select().from(lists).where(eq(lists.id, worst.listId));
  return {
    stratum: stratumName(list?.stratum ?? ""),
    value: listImbalance(await countDrawn(ctx, [worst.listId])),
  };
}

function stratumName(stratum: string): string {
  return stratum.startsWith(POOL_PREFIX) ? stratum.slice(POOL_PREFIX.length) : stratum;
}

async function countDrawn(ctx: ServiceContext, listIds: string[]) {
  if (listIds.length === 0) return [];
  const { allocationEntries: entries, arms } = ctx.store.t;
  return ctx.store.read
    .select({
      listId: entries.listId,
      armId: arms.id,
      armKey: arms.armKey,
      weight: arms.weight,
      drawn: count(entries.drawnAtMs),
    })
    .from(entries)
    .innerJoin(arms, eq(arms.id, entries.armId))
    .where(inArray(entries.listId, listIds))
    .groupBy(entries.listId, arms.id, arms.armKey, arms.weight);
}

/** Live and completed trajectories of strata by arm. */
async function countWork(
  ctx: ServiceContext,
  args: VersionOfStudy & { level: AllocationLevel },
  names: string[],
) {
  if (names.length === 0) return [];
  const { trajectories, assignments, raters } = ctx.store.t;
  const name = args.level === "rater" ? raters.pool : raters.id;
  const inStatus = (statuses: readonly string[]) =>
    sql<number>`count(case when ${assignments.status} in ${[...statuses]} then 1 end)`.mapWith(Number);
  return ctx.store.read
    .select({
      name,
      armId: trajectories.armId,
      live: inStatus(LIVE_STATUSES),
      completed: inStatus(COMPLETED_STATUSES),
    })
    .from(trajectories)
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .innerJoin(raters, eq(raters.id, trajectories.raterId))
    .where(
      and(
        eq(trajectories.studyId, args.studyId),
        eq(trajectories.studyVersion, args.version),
        inArray(name, names),
      ),
    )
    .groupBy(name, trajectories.armId);
}
