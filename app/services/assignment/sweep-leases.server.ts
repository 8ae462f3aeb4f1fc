import { and, inArray, lt } from "drizzle-orm";
import { LEASED_STATUSES } from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { expireLapsed } from "./expire-lapsed.ts";
import { lockStudy } from "./find-place.ts";

/** For a timer: frees the places of leases that ran out, in every study. Returns how many. */
export async function sweepLeases(ctx: ServiceContext): Promise<number> {
  const { assignments } = ctx.store.t;
  // Reading first keeps an idle server from writing.
  const studies = await ctx.store.read
    .selectDistinct({ id: assignments.studyId })
    .from(assignments)
    .where(
      and(inArray(assignments.status, [...LEASED_STATUSES]), lt(assignments.leaseExpiresAtMs, ctx.now())),
    );
  let expired = 0;
  for (const { id } of studies) {
    expired += await ctx.store.tx(async (tx) => {
      await lockStudy(ctx, tx, id);
      return expireLapsed(ctx, tx, id);
    });
  }
  return expired;
}
