import { and, like, lt, sql } from "drizzle-orm";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";

const PREFIX = "join:";
const WINDOW_MS = 60_000;

/**
 * Counts one attempt of an address within the minute, over all server processes. Throws TOO_MANY_REQUESTS beyond `max`.
 * The limit is generous: a whole class may come from one address.
 */
export async function limitAttempts(
  ctx: ServiceContext,
  { address, max }: { address: string; max: number },
): Promise<void> {
  const { rateLimit } = ctx.store.t;
  const now = ctx.now();
  const key = `${PREFIX}${address}`;
  const count = await ctx.store.tx(async (tx) => {
    const fresh = sql`${rateLimit.lastRequest} > ${now - WINDOW_MS}`;
    const [row] = await tx
      .insert(rateLimit)
      .values({ id: ctx.newId("lim"), key, count: 1, lastRequest: now })
      .onConflictDoUpdate({
        target: rateLimit.key,
        set: {
          count: sql`case when ${fresh} then ${rateLimit.count} + 1 else 1 end`,
          lastRequest: sql`case when ${fresh} then ${rateLimit.lastRequest} else ${now} end`,
        },
      })
      .returning({ count: rateLimit.count });
    if (row?.count === 1) {
      // Addresses are personal data: none stays longer than its window by much.
      await tx
        .delete(rateLimit)
        .where(and(like(rateLimit.key, `${PREFIX}%`), lt(rateLimit.lastRequest, now - 60 * WINDOW_MS)));
    }
    return row?.count ?? 1;
  });
  if (count > max) {
    throw new RequestError(
      "TOO_MANY_REQUESTS",
      "Many people are arriving from your network right now. Wait a minute, then try again.",
    );
  }
}
