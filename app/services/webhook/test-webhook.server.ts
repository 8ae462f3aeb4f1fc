import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { WEBHOOK_TEST_EVENT } from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { insertDeliveries } from "./enqueue-webhooks.ts";
import { loadWebhook } from "./load-webhook.ts";

/** Queues a message that tells nothing, to try a receiver out. Throws NOT_FOUND, ILLEGAL_TRANSITION while disabled. */
export async function testWebhook(
  ctx: ServiceContext,
  actor: Actor,
  args: { webhookId: string; studyId?: string; submissionId: string },
): Promise<{ deliveryId: string }> {
  assertCapability(actor, "study.manage");
  const { webhookId, studyId, submissionId } = args;
  const submission = { actorId: actor.userId, submissionId, useCase: "test-webhook", body: { webhookId } };
  return submitOnce(ctx, submission, async (tx) => {
    const webhook = await loadWebhook(ctx, tx, { webhookId, studyId });
    if (webhook.status === "disabled") {
      throw new RequestError("ILLEGAL_TRANSITION", "The webhook is disabled. Enable it first.");
    }
    const payload = {
      type: WEBHOOK_TEST_EVENT,
      timestamp: new Date(ctx.now()).toISOString(),
      data: { studyId: webhook.studyId },
    } as const;
    const [deliveryId = ""] = await insertDeliveries(ctx, tx, [{ webhookId, payload }]);
    return { deliveryId };
  });
}
