import { and, count, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { Neighbours } from "../../domain/staff-views.ts";
import type { TrajectoryQuery } from "../../domain/trajectory-query.ts";
import type { ServiceContext } from "../context.ts";
import { beside, trajectoryConditions, trajectoryOrder } from "./trajectory-conditions.ts";

/**
 * The trajectories before and after one in a list of its study, and its place there; `position` is null when the
 * filter leaves it out, and its neighbours are then those of the place where it would stand. Throws NOT_FOUND.
 */
export async function findNeighbours(
  ctx: ServiceContext,
  actor: Actor,
  { trajectoryId, filter, sort, descending }: { trajectoryId: string } & Omit<TrajectoryQuery, "cursor">,
): Promise<Neighbours> {
  assertCapability(actor, "trajectory.replay");
  const { trajectories: t } = ctx.store.t;
  const { read } = ctx.store;
  const order = trajectoryOrder(ctx, sort, descending);
  const [row] = await read
    .select({ key: order.key, studyId: t.studyId })
    .from(t)
    .where(eq(t.id, trajectoryId));
  if (!row) throw notFound("trajectory");
  const matching = trajectoryConditions(ctx, row.studyId, filter);
  const place = { key: row.key, id: trajectoryId };
  const nearest = (side: "after" | "before") => {
    const { where, orderBy } = beside(ctx, order, place, side);
    return read
      .select({ id: t.id })
      .from(t)
      .where(and(matching, where))
      .orderBy(...orderBy)
      .limit(1);
  };
  const [next, previous, before, total, listed] = await Promise.all([
    nearest("after"),
    nearest("before"),
    read
      .select({ n: count() })
      .from(t)
      .where(and(matching, beside(ctx, order, place, "before").where)),
    read.select({ n: count() }).from(t).where(matching),
    read
      .select({ id: t.id })
      .from(t)
      .where(and(matching, eq(t.id, trajectoryId))),
  ]);
  return {
    nextId: next[0]?.id ?? null,
    previousId: previous[0]?.id ?? null,
    position: listed.length > 0 ? (before[0]?.n ?? 0) + 1 : null,
    total: total[0]?.n ?? 0,
  };
}
