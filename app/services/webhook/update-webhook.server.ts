import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { WebhookStatus } from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { checkWebhook, type WebhookInput } from "./check-webhook.ts";
import { loadWebhook } from "./load-webhook.ts";

export interface UpdateWebhookArgs extends Partial<WebhookInput> {
  webhookId: string;
  studyId?: string;
  status?: WebhookStatus;
  submissionId: string;
}

/**
 * Changes a webhook. While it is disabled nothing new is queued for it; what waits is sent once it is enabled again.
 * Throws NOT_FOUND, INVALID_INPUT.
 */
export async function updateWebhook(
  ctx: ServiceContext,
  actor: Actor,
  args: UpdateWebhookArgs,
): Promise<{ webhookId: string }> {
  assertCapability(actor, "study.manage");
  const { webhookId, studyId, url, description, events, status, submissionId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "update-webhook",
    body: { webhookId, url, description, events, status },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { webhooks } = ctx.store.t;
    await tx.forUpdate(tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.id, webhookId)));
    const webhook = await loadWebhook(ctx, tx, { webhookId, studyId });
    const checked = checkWebhook(ctx, {
      url: url ?? webhook.url,
      description: description ?? webhook.description,
      events: events ?? webhook.events,
    });
    const to = status ?? webhook.status;
    const reenabled = to === "enabled" && webhook.status === "disabled";
    await tx
      .update(webhooks)
      .set({
        ...checked,
        status: to,
        ...(reenabled ? { disabledReason: null, failingSinceMs: null } : {}),
        ...(to === "disabled" && webhook.status === "enabled"
          ? { disabledReason: "Switched off by hand." }
          : {}),
        updatedAtMs: ctx.now(),
      })
      .where(eq(webhooks.id, webhookId));
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "webhook.changed",
      subjectType: "webhook",
      subjectId: webhookId,
      data: { host: new URL(checked.url).host, events: checked.events, status: to },
    });
    return { webhookId };
  });
}
