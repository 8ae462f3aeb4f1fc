import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { OLD_SECRET_LIFE_MS } from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { loadWebhook } from "./load-webhook.ts";
import { newSecretSalt, webhookSecret } from "./webhook-secret.ts";

/** A new signing secret. The old one signs too for 24 hours, so that receivers can change over. Throws NOT_FOUND. */
export async function rotateWebhookSecret(
  ctx: ServiceContext,
  actor: Actor,
  args: { webhookId: string; studyId?: string; submissionId: string },
): Promise<{ webhookId: string; secret: string; oldSecretUntilMs: number }> {
  assertCapability(actor, "study.manage");
  const { webhookId, studyId, submissionId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "rotate-webhook-secret",
    body: { webhookId },
  };
  const { salt, oldSecretUntilMs } = await submitOnce(ctx, submission, async (tx) => {
    const webhook = await loadWebhook(ctx, tx, { webhookId, studyId });
    const next = { salt: newSecretSalt(), oldSecretUntilMs: ctx.now() + OLD_SECRET_LIFE_MS };
    const { webhooks } = ctx.store.t;
    await tx
      .update(webhooks)
      .set({
        secretSalt: next.salt,
        oldSecretSalt: webhook.secretSalt,
        oldSecretUntilMs: next.oldSecretUntilMs,
        updatedAtMs: ctx.now(),
      })
      .where(eq(webhooks.id, webhookId));
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "webhook.secret_rotated",
      subjectType: "webhook",
      subjectId: webhookId,
    });
    return next;
  });
  return { webhookId, secret: webhookSecret(ctx, { id: webhookId, salt }), oldSecretUntilMs };
}
