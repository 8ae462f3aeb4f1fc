import { and, inArray, lt } from "drizzle-orm";
import { LIVE_STATUSES } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { expireLapsed } from "./expire-lapsed.ts";

/** For a timer: frees the places of leases that ran out, in every study. Returns how many. */
export async function sweepLeases(ctx: ServiceContext): Promise<number> {
  const { assignments } = ctx.store.t;
  // Reading first keeps an idle server from writing.
  const [lapsed] = await ctx.store.read
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(inArray(assignments.status, [...LIVE_STATUSES]), lt(assignments.leaseExpiresAtMs, ctx.now())))
    .limit(1);
  return lapsed ? ctx.store.tx((tx) => expireLapsed(ctx, tx)) : 0;
}
