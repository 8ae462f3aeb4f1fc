import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { MAX_SEED } from "../../domain/random.ts";
import { DISABLE_AFTER_MS, retryDelayMs } from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import type { ClaimedDelivery } from "./claim-deliveries.server.ts";
import { loadWebhook, type WebhookRecord } from "./load-webhook.ts";
import type { SendResult } from "./sender.ts";
import { signWebhook } from "./webhook-secret.ts";

/** A receiver must answer within this time. */
export const WEBHOOK_TIMEOUT_MS = 15_000;
const GONE = 410;

/** Sends a claimed message once and records what came of it. */
export async function attemptDelivery(
  ctx: ServiceContext,
  claimed: ClaimedDelivery,
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<void> {
  const { webhookDeliveries: deliveries } = ctx.store.t;
  const [delivery] = await ctx.store.read
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.id, claimed.deliveryId), eq(deliveries.leaseToken, claimed.leaseToken)));
  // Deleted, or sent anew by hand, since it was claimed.
  if (!delivery) return;
  const webhook = await loadWebhook(ctx, ctx.store.read, claimed);
  const startedAtMs = ctx.now();
  const body = JSON.stringify(delivery.payload);
  const timestampSeconds = Math.floor(startedAtMs / 1000);
  const result = await ctx.webhooks.send({
    url: webhook.url,
    headers: {
      "content-type": "application/json",
      "user-agent": "Turnwise-Webhook/1",
      "webhook-id": delivery.id,
      "webhook-timestamp": String(timestampSeconds),
      "webhook-signature": signWebhook(
        ctx,
        { id: webhook.id, salts: saltsOf(webhook, startedAtMs) },
        { id: delivery.id, timestampSeconds, body },
      ),
    },
    body,
    timeoutMs: options.timeoutMs ?? WEBHOOK_TIMEOUT_MS,
    signal: options.signal,
  });
  if (result.kind === "failed" && options.signal?.aborted) return release(ctx, claimed);
  await ctx.store.tx((tx) => record(ctx, tx, claimed, { startedAtMs, result }));
}

/** Our own stop is no failure of the receiver: the message is free for another process at once. */
async function release(ctx: ServiceContext, claimed: ClaimedDelivery): Promise<void> {
  const { webhookDeliveries: deliveries } = ctx.store.t;
  await ctx.store.tx((tx) =>
    tx
      .update(deliveries)
      .set({ leaseToken: null, leaseUntilMs: null })
      .where(and(eq(deliveries.id, claimed.deliveryId), eq(deliveries.leaseToken, claimed.leaseToken))),
  );
}

function saltsOf(webhook: WebhookRecord, now: number): string[] {
  const { secretSalt, oldSecretSalt, oldSecretUntilMs } = webhook;
  const oldCounts = oldSecretSalt !== null && oldSecretUntilMs !== null && oldSecretUntilMs > now;
  return oldCounts ? [secretSalt, oldSecretSalt] : [secretSalt];
}

async function record(
  ctx: ServiceContext,
  tx: Tx,
  claimed: ClaimedDelivery,
  { startedAtMs, result }: { startedAtMs: number; result: SendResult },
): Promise<void> {
  const { webhooks, webhookDeliveries: deliveries } = ctx.store.t;
  const mine = and(eq(deliveries.id, claimed.deliveryId), eq(deliveries.leaseToken, claimed.leaseToken));
  const [delivery] = await tx.forUpdate(tx.select().from(deliveries).where(mine));
  if (!delivery) return;
  const now = ctx.now();
  const attempts = delivery.attempts + 1;
  const attempt = {
    attempts,
    leaseToken: null,
    leaseUntilMs: null,
    lastAttemptAtMs: startedAtMs,
    lastDurationMs: now - startedAtMs,
    lastStatus: result.kind === "answered" ? result.status : null,
  };
  if (result.kind === "answered" && result.status >= 200 && result.status < 300) {
    const done = { status: "delivered" as const, deliveredAtMs: now, lastError: null };
    await tx
      .update(deliveries)
      .set({ ...attempt, ...done })
      .where(mine);
    await tx.update(webhooks).set({ failingSinceMs: null }).where(eq(webhooks.id, claimed.webhookId));
    return;
  }
  const lastError = explain(result);
  const gone = result.kind === "answered" && result.status === GONE;
  const retryAfterMs = result.kind === "answered" ? result.retryAfterMs : 0;
  const delayMs = gone ? null : retryDelayMs(attempts, ctx.newSeed() / MAX_SEED, retryAfterMs);
  const next =
    delayMs === null
      ? { status: "failed" as const }
      : { status: "pending" as const, nextAttemptAtMs: now + delayMs };
  await tx
    .update(deliveries)
    .set({ ...attempt, ...next, lastError })
    .where(mine);
  const webhook = await loadWebhook(ctx, tx, claimed);
  const failingSinceMs = webhook.failingSinceMs ?? now;
  const longFailing = delayMs === null && now - failingSinceMs >= DISABLE_AFTER_MS;
  const reason = gone
    ? "The receiver answered 410: it wants no more messages."
    : longFailing
      ? `No message got through for a long time. The latest attempt: ${lastError}`
      : null;
  await tx
    .update(webhooks)
    .set({
      failingSinceMs,
      ...(reason === null ? {} : { status: "disabled" as const, disabledReason: reason, updatedAtMs: now }),
    })
    .where(eq(webhooks.id, claimed.webhookId));
  if (reason !== null && webhook.status === "enabled") {
    await recordAudit(ctx, tx, {
      actorUserId: null,
      action: "webhook.disabled",
      subjectType: "webhook",
      subjectId: claimed.webhookId,
      data: { studyId: webhook.studyId, reason },
    });
  }
}

function explain(result: SendResult): string {
  if (result.kind === "failed") return result.reason;
  if (result.status >= 300 && result.status < 400) {
    return `It answered ${result.status}, a redirect: these are not followed. Use the final address.`;
  }
  return `It answered ${result.status}.`;
}
