import { and, inArray, lt, ne } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

/** Removes messages that were delivered or given up more than 30 days ago. Returns how many. */
export async function purgeDeliveries(ctx: ServiceContext): Promise<number> {
  const { webhookDeliveries } = ctx.store.t;
  const old = and(
    ne(webhookDeliveries.status, "pending"),
    lt(webhookDeliveries.createdAtMs, ctx.now() - KEEP_MS),
  );
  let removed = 0;
  for (;;) {
    const rows = await ctx.store.read
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(old)
      .limit(AT_ONCE);
    if (rows.length === 0) return removed;
    const ids = rows.map((row) => row.id);
    await ctx.store.tx((tx) =>
      tx.delete(webhookDeliveries).where(and(old, inArray(webhookDeliveries.id, ids))),
    );
    removed += rows.length;
  }
}
