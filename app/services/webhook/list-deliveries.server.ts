import { and, count, eq } from "drizzle-orm";
import type { DeliveryRow } from "../../domain/access-views.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { Page } from "../../domain/staff-views.ts";
import type { DeliveryStatus } from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "../dataset/keyset.ts";
import { loadWebhook } from "./load-webhook.ts";

export interface ListDeliveriesArgs {
  webhookId: string;
  studyId?: string;
  status?: DeliveryStatus;
  cursor?: string | null;
  limit?: number;
}

/** The messages of a webhook, the latest first. Throws NOT_FOUND. */
export async function listDeliveries(
  ctx: ServiceContext,
  actor: Actor,
  args: ListDeliveriesArgs,
): Promise<Page<DeliveryRow>> {
  assertCapability(actor, "study.manage");
  await loadWebhook(ctx, ctx.store.read, args);
  const { webhookDeliveries } = ctx.store.t;
  const limit = pageSize(args.limit);
  const matching = and(
    eq(webhookDeliveries.webhookId, args.webhookId),
    args.status ? eq(webhookDeliveries.status, args.status) : undefined,
  );
  const [rows, total] = await Promise.all([
    ctx.store.read
      .select()
      .from(webhookDeliveries)
      .where(and(matching, afterCursor(args.cursor, webhookDeliveries.createdAtMs, webhookDeliveries.id)))
      .orderBy(...newestFirst(webhookDeliveries.createdAtMs, webhookDeliveries.id))
      .limit(limit + 1),
    ctx.store.read.select({ n: count() }).from(webhookDeliveries).where(matching),
  ]);
  const page = cutPage(rows, limit, (row) => ({ ms: row.createdAtMs, id: row.id }));
  return {
    nextCursor: page.nextCursor,
    total: total[0]?.n ?? 0,
    rows: page.rows.map((row) => ({
      deliveryId: row.id,
      eventType: row.eventType,
      status: row.status,
      attempts: row.attempts,
      nextAttemptAtMs: row.status === "pending" ? row.nextAttemptAtMs : null,
      lastAttemptAtMs: row.lastAttemptAtMs,
      lastDurationMs: row.lastDurationMs,
      lastStatus: row.lastStatus,
      lastError: row.lastError,
      payload: row.payload,
      createdAtMs: row.createdAtMs,
      deliveredAtMs: row.deliveredAtMs,
    })),
  };
}
