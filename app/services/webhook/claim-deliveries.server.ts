import { and, asc, eq, isNull, lt, lte, min, notInArray, or } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

export interface ClaimedDelivery {
  deliveryId: string;
  webhookId: string;
  /** Only who holds it may record the outcome. */
  leaseToken: string;
}

/**
 * Takes messages that are due, at most one for each webhook: a receiver that hangs holds up nobody but itself. Several
 * processes may do so at once; a message whose process died is taken again when its lease ends.
 */
export async function claimDeliveries(
  ctx: ServiceContext,
  args: { limit: number; leaseMs: number; busyWebhookIds: readonly string[] },
): Promise<ClaimedDelivery[]> {
  const { webhooks, webhookDeliveries: deliveries } = ctx.store.t;
  const now = ctx.now();
  const due = and(
    eq(deliveries.status, "pending"),
    lte(deliveries.nextAttemptAtMs, now),
    or(isNull(deliveries.leaseUntilMs), lt(deliveries.leaseUntilMs, now)),
  );
  // Reading first keeps an idle server from writing.
  const waiting = await ctx.store.read
    .select({ webhookId: deliveries.webhookId, first: min(deliveries.nextAttemptAtMs) })
    .from(deliveries)
    .innerJoin(webhooks, and(eq(webhooks.id, deliveries.webhookId), eq(webhooks.status, "enabled")))
    .where(
      and(
        due,
        args.busyWebhookIds.length > 0
          ? notInArray(deliveries.webhookId, [...args.busyWebhookIds])
          : undefined,
      ),
    )
    .groupBy(deliveries.webhookId)
    .orderBy(asc(min(deliveries.nextAttemptAtMs)))
    .limit(args.limit);
  const claimed: ClaimedDelivery[] = [];
  for (const { webhookId } of waiting) {
    const [next] = await ctx.store.read
      .select({ deliveryId: deliveries.id })
      .from(deliveries)
      .where(and(due, eq(deliveries.webhookId, webhookId)))
      .orderBy(asc(deliveries.nextAttemptAtMs), asc(deliveries.createdAtMs), asc(deliveries.id))
      .limit(1);
    if (!next) continue;
    const leaseToken = ctx.newId("lse");
    const taken = await ctx.store.tx((tx) =>
      tx
        .update(deliveries)
        .set({ leaseToken, leaseUntilMs: now + args.leaseMs })
        .where(and(due, eq(deliveries.id, next.deliveryId)))
        .returning({ id: deliveries.id }),
    );
    if (taken.length > 0) claimed.push({ ...next, webhookId, leaseToken });
  }
  return claimed;
}
