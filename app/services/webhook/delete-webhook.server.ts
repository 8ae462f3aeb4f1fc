import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { loadWebhook } from "./load-webhook.ts";

/** Removes a webhook with its messages; what was not delivered never will be. Throws NOT_FOUND. */
export async function deleteWebhook(
  ctx: ServiceContext,
  actor: Actor,
  args: { webhookId: string; studyId?: string; submissionId: string },
): Promise<{ webhookId: string }> {
  assertCapability(actor, "study.manage");
  const { webhookId, studyId, submissionId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "delete-webhook",
    body: { webhookId },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const webhook = await loadWebhook(ctx, tx, { webhookId, studyId });
    await tx.delete(ctx.store.t.webhooks).where(eq(ctx.store.t.webhooks.id, webhookId));
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "webhook.deleted",
      subjectType: "webhook",
      subjectId: webhookId,
      data: { studyId: webhook.studyId, host: new URL(webhook.url).host },
    });
    return { webhookId };
  });
}
