import { count, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { WEBHOOKS_PER_STUDY_MAX } from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { checkWebhook, type WebhookInput } from "./check-webhook.ts";
import { newSecretSalt, webhookSecret } from "./webhook-secret.ts";

export interface CreateWebhookArgs extends WebhookInput {
  studyId: string;
  submissionId: string;
}
export interface CreateWebhookResult {
  webhookId: string;
  /** Shown this once, and again only to the same submission. */
  secret: string;
}

/** Tells another system about a study's events from now on. Throws NOT_FOUND, INVALID_INPUT. */
export async function createWebhook(
  ctx: ServiceContext,
  actor: Actor,
  args: CreateWebhookArgs,
): Promise<CreateWebhookResult> {
  assertCapability(actor, "study.manage");
  const { studyId } = args;
  const checked = checkWebhook(ctx, args);
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "create-webhook",
    body: { studyId, ...checked },
  };
  // The salt is no secret: with the stored reply alone nobody can sign.
  const { webhookId, salt } = await submitOnce(ctx, submission, async (tx) => {
    const { studies, webhooks } = ctx.store.t;
    const [study] = await tx.forUpdate(
      tx.select({ id: studies.id }).from(studies).where(eq(studies.id, studyId)),
    );
    if (!study) throw notFound("study");
    const [existing] = await tx.select({ n: count() }).from(webhooks).where(eq(webhooks.studyId, studyId));
    if ((existing?.n ?? 0) >= WEBHOOKS_PER_STUDY_MAX) {
      const message = `A study has at most ${WEBHOOKS_PER_STUDY_MAX} webhooks. Delete one first.`;
      throw new RequestError("INVALID_INPUT", message, { url: message });
    }
    const now = ctx.now();
    const made = { webhookId: ctx.newId("whk"), salt: newSecretSalt() };
    await tx.insert(webhooks).values({
      id: made.webhookId,
      studyId,
      ...checked,
      secretSalt: made.salt,
      createdBy: actor.userId,
      createdAtMs: now,
      updatedAtMs: now,
    });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "webhook.created",
      subjectType: "webhook",
      subjectId: made.webhookId,
      data: { studyId, host: new URL(checked.url).host, events: checked.events },
    });
    return made;
  });
  return { webhookId, secret: webhookSecret(ctx, { id: webhookId, salt }) };
}
