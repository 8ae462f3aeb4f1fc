import { and, eq } from "drizzle-orm";
import { chunk, type Tx } from "../../../db/store.ts";
import { type WebhookPayload, webhookEventOf } from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";

export interface RecordedEvent {
  type: string;
  studyId?: string;
  raterId?: string;
  assignmentId?: string;
  trajectoryId?: string;
  data?: Record<string, unknown>;
}

/**
 * Puts a recorded event into the outbox, once for each enabled webhook of the study that listens to it: in the
 * transaction of the event, so that neither exists without the other.
 */
export async function enqueueWebhooks(ctx: ServiceContext, tx: Tx, event: RecordedEvent): Promise<void> {
  const type = webhookEventOf(event.type);
  const { studyId } = event;
  if (type === null || studyId === undefined) return;
  const { webhooks } = ctx.store.t;
  const rows = await tx
    .select({ webhookId: webhooks.id, events: webhooks.events })
    .from(webhooks)
    .where(and(eq(webhooks.studyId, studyId), eq(webhooks.status, "enabled")));
  const listening = rows.filter((row) => row.events.includes(type));
  if (listening.length === 0) return;
  const { raterId, assignmentId, trajectoryId } = event;
  const version = typeof event.data?.version === "number" ? event.data.version : undefined;
  const exportId = typeof event.data?.exportId === "string" ? event.data.exportId : undefined;
  const payload: WebhookPayload = {
    type,
    timestamp: new Date(ctx.now()).toISOString(),
    data: JSON.parse(JSON.stringify({ studyId, raterId, assignmentId, trajectoryId, version, exportId })),
  };
  await insertDeliveries(
    ctx,
    tx,
    listening.map(({ webhookId }) => ({ webhookId, payload })),
  );
}

export async function insertDeliveries(
  ctx: ServiceContext,
  tx: Tx,
  messages: { webhookId: string; payload: WebhookPayload }[],
): Promise<string[]> {
  const now = ctx.now();
  const rows = messages.map(({ webhookId, payload }) => ({
    id: ctx.newId("msg"),
    webhookId,
    eventType: payload.type,
    payload,
    nextAttemptAtMs: now,
    createdAtMs: now,
  }));
  for (const part of chunk(rows)) await tx.insert(ctx.store.t.webhookDeliveries).values(part);
  return rows.map((row) => row.id);
}
