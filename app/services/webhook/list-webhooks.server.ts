import { and, asc, count, eq, inArray, ne } from "drizzle-orm";
import type { WebhookRow } from "../../domain/access-views.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { loadWebhook, type WebhookRecord } from "./load-webhook.ts";

/** The webhooks of a study, the first made first; never their secrets. Throws NOT_FOUND. */
export async function listWebhooks(
  ctx: ServiceContext,
  actor: Actor,
  { studyId }: { studyId: string },
): Promise<WebhookRow[]> {
  assertCapability(actor, "study.manage");
  const { webhooks, studies } = ctx.store.t;
  const [study] = await ctx.store.read
    .select({ id: studies.id })
    .from(studies)
    .where(eq(studies.id, studyId));
  if (!study) throw notFound("study");
  const rows = await ctx.store.read
    .select()
    .from(webhooks)
    .where(eq(webhooks.studyId, studyId))
    .orderBy(asc(webhooks.createdAtMs), asc(webhooks.id));
  return withCounts(ctx, rows);
}

/** One webhook. Throws NOT_FOUND. */
export async function getWebhook(
  ctx: ServiceContext,
  actor: Actor,
  args: { webhookId: string; studyId?: string },
): Promise<WebhookRow> {
  assertCapability(actor, "study.manage");
  const [row] = await withCounts(ctx, [await loadWebhook(ctx, ctx.store.read, args)]);
  return row as WebhookRow;
}

async function withCounts(ctx: ServiceContext, rows: WebhookRecord[]): Promise<WebhookRow[]> {
  if (rows.length === 0) return [];
  const { webhookDeliveries } = ctx.store.t;
  const ids = rows.map((row) => row.id);
  const counts = await ctx.store.read
    .select({ webhookId: webhookDeliveries.webhookId, status: webhookDeliveries.status, n: count() })
    .from(webhookDeliveries)
    .where(and(inArray(webhookDeliveries.webhookId, ids), ne(webhookDeliveries.status, "delivered")))
    .groupBy(webhookDeliveries.webhookId, webhookDeliveries.status);
  const now = ctx.now();
  return rows.map((row) => {
    const n = (status: string) => counts.find((c) => c.webhookId === row.id && c.status === status)?.n ?? 0;
    const oldCounts = row.oldSecretUntilMs !== null && row.oldSecretUntilMs > now;
    return {
      webhookId: row.id,
      studyId: row.studyId,
      url: row.url,
      description: row.description,
      events: row.events,
      status: row.status,
      disabledReason: row.status === "disabled" ? row.disabledReason : null,
      failingSinceMs: row.failingSinceMs,
      oldSecretUntilMs: oldCounts ? row.oldSecretUntilMs : null,
      pending: n("pending"),
      failed: n("failed"),
      createdAtMs: row.createdAtMs,
    };
  });
}
