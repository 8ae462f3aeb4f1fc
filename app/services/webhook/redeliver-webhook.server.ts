import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";

/**
 * Sends a message once more, now, with all its attempts anew. It keeps its id, so a receiver that had it can tell.
 * Throws NOT_FOUND.
 */
export async function redeliverWebhook(
  ctx: ServiceContext,
  actor: Actor,
  args: { deliveryId: string; webhookId?: string; submissionId: string },
): Promise<{ deliveryId: string }> {
  assertCapability(actor, "study.manage");
  const { deliveryId, webhookId, submissionId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "redeliver-webhook",
    body: { deliveryId },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { webhookDeliveries } = ctx.store.t;
    const queued = await tx
      .update(webhookDeliveries)
      .set({
        status: "pending",
        attempts: 0,
        nextAttemptAtMs: ctx.now(),
        deliveredAtMs: null,
        // An attempt under way loses its token: its outcome is no longer the outcome of the message.
        leaseToken: null,
        leaseUntilMs: null,
      })
      .where(
        and(
          eq(webhookDeliveries.id, deliveryId),
          webhookId === undefined ? undefined : eq(webhookDeliveries.webhookId, webhookId),
        ),
      )
      .returning({ id: webhookDeliveries.id });
    if (queued.length === 0) throw notFound("message");
    return { deliveryId };
  });
}
