import { and, count, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { TrajectoryPage } from "../../domain/staff-views.ts";
import type { TrajectoryFilter, TrajectorySort } from "../../domain/trajectory-query.ts";
import type { ServiceContext } from "../context.ts";
import { loadArmMask } from "../study/load-arm-mask.ts";
import { pageSize } from "./keyset.ts";
import {
  beside,
  readCursor,
  tookMs,
  trajectoryConditions,
  trajectoryOrder,
  writeCursor,
} from "./trajectory-conditions.ts";

export interface ListTrajectoriesArgs {
  studyId: string;
  filter?: TrajectoryFilter;
  /** Default: by start. */
  sort?: TrajectorySort;
  /** Default: the largest, or latest, first. */
  descending?: boolean;
  cursor?: string | null;
  limit?: number;
}

/**
 * The trajectories of a study, complete or not, in pages that can be left in both directions. Throws BAD_REQUEST for a
 * cursor that is none.
 */
export async function listTrajectories(
  ctx: ServiceContext,
  actor: Actor,
  args: ListTrajectoriesArgs,
): Promise<TrajectoryPage> {
  assertCapability(actor, "trajectory.replay");
  const { studyId, filter = {}, sort = "started", descending = true } = args;
  const { trajectories: t, arms } = ctx.store.t;
  const limit = pageSize(args.limit);
  const matching = trajectoryConditions(ctx, studyId, filter);
  const order = trajectoryOrder(ctx, sort, descending);
  const cursor = args.cursor ? readCursor(args.cursor) : null;
  const side = cursor?.side ?? "after";
  const { where, orderBy } = beside(ctx, order, cursor?.place ?? null, side);
  const mask = await loadArmMask(ctx, ctx.store.read, actor, studyId);
  const [found, total] = await Promise.all([
    ctx.store.read
      .select({
        key: order.key,
        trajectoryId: t.id,
        studyId: t.studyId,
        studyVersion: t.studyVersion,
        raterId: t.raterId,
        source: t.source,
        armKey: arms.armKey,
        armLabel: arms.label,
        initialPrompt: t.initialPrompt,
        phase: t.phase,
        status: t.assignmentStatus,
        chosenTurns: t.chosenTurns,
        meanSatisfaction: t.meanSatisfaction,
        tookMs: tookMs(ctx),
        startedAtMs: t.startedAtMs,
      })
      .from(t)
      .leftJoin(arms, eq(arms.id, t.armId))
      .where(and(matching, where))
      .orderBy(...orderBy)
      .limit(limit + 1),
    ctx.store.read.select({ n: count() }).from(t).where(matching),
  ]);
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  if (side === "before") rows.reverse();
  const edge = (row: (typeof rows)[number] | undefined, to: "after" | "before") =>
    row ? writeCursor(to, { key: row.key, id: row.trajectoryId }) : null;
  // Behind a cursor there is at least the row that it names.
  return {
    nextCursor: side === "before" || more ? edge(rows.at(-1), "after") : null,
    previousCursor: (side === "before" ? more : cursor !== null) ? edge(rows[0], "before") : null,
    total: total[0]?.n ?? 0,
    rows: rows.map(({ key: _, armKey, status, tookMs: took, ...row }) => ({
      ...row,
      // Set with the row, by a trigger.
      status: status ?? "offered",
      tookMs: took === null ? null : Number(took),
      armLabel: armKey && row.armLabel ? mask.nameOf({ armKey, label: row.armLabel }) : null,
    })),
  };
}
