import { z } from "zod";
import { DELIVERY_STATUSES, WEBHOOK_EVENTS, WEBHOOK_STATUSES } from "../../../../domain/webhook.ts";
import { endpoint } from "../../../../server/api/endpoint.server.ts";
import { createWebhook } from "../../../../services/webhook/create-webhook.server.ts";
import { deleteWebhook } from "../../../../services/webhook/delete-webhook.server.ts";
import { listDeliveries } from "../../../../services/webhook/list-deliveries.server.ts";
import { getWebhook, listWebhooks } from "../../../../services/webhook/list-webhooks.server.ts";
import { redeliverWebhook } from "../../../../services/webhook/redeliver-webhook.server.ts";
import { rotateWebhookSecret } from "../../../../services/webhook/rotate-webhook-secret.server.ts";
import { testWebhook } from "../../../../services/webhook/test-webhook.server.ts";
import { updateWebhook } from "../../../../services/webhook/update-webhook.server.ts";
import { instant, pageOf, pageQuery } from "./schemas.server.ts";

const url = z.string().max(2000).meta({ description: "An https address. Redirects are not followed." });
const description = z.string().max(120);
const events = z.array(z.enum(WEBHOOK_EVENTS)).min(1, "Choose at least one event.");
const status = z.enum(WEBHOOK_STATUSES);
const secret = z
  .string()
  .meta({ description: "For checking signatures; shown this once. Repeating the request shows it again." });

const webhook = z
  .object({
    webhookId: z.string(),
    studyId: z.string(),
    url,
    description,
    events,
    status,
    disabledReason: z.string().nullable(),
    failingSinceMs: instant.nullable().meta({ description: "Start of the present row of failures." }),
    oldSecretUntilMs: instant.nullable().meta({ description: "Until then the old secret signs too." }),
    pending: z.number().int(),
    failed: z.number().int(),
    createdAtMs: instant,
  })
  .meta({ id: "Webhook" });

const delivery = z
  .object({
    deliveryId: z.string().meta({ description: "The `webhook-id` of every attempt." }),
    eventType: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    attempts: z.number().int(),
    nextAttemptAtMs: instant.nullable(),
    lastAttemptAtMs: instant.nullable(),
    lastDurationMs: z.number().int().nullable(),
    lastStatus: z.number().int().nullable().meta({ description: "HTTP status; null without an answer." }),
    lastError: z.string().nullable(),
    payload: z.record(z.string(), z.unknown()),
    createdAtMs: instant,
    deliveredAtMs: instant.nullable(),
  })
  .meta({ id: "Delivery" });

const queued = z.object({ deliveryId: z.string() }).meta({ id: "QueuedDelivery" });

export const webhookEndpoints = [
  endpoint({
    method: "GET",
    path: "/studies/{studyId}/webhooks",
    operationId: "listWebhooks",
    tag: "Webhooks",
    summary: "List the webhooks of a study; never their secrets",
    scope: "webhooks:read",
    status: 200,
    response: z.object({ data: z.array(webhook) }).meta({ id: "WebhookList" }),
    handle: async ({ ctx, actor, params }) => ({ data: await listWebhooks(ctx, actor, params) }),
  }),
  endpoint({
    method: "POST",
    path: "/studies/{studyId}/webhooks",
    operationId: "createWebhook",
    tag: "Webhooks",
    summary: "Tell another system about a study's events from now on",
    description: "Messages are signed by the Standard Webhooks convention and hold pseudonymous ids only.",
    scope: "webhooks:write",
    body: z.strictObject({ url, description: description.default(""), events }).meta({ id: "NewWebhook" }),
    example: { url: "https://example.org/hooks/turnwise", events: ["assignment.submitted"] },
    status: 201,
    response: z.object({ ...webhook.shape, secret }).meta({ id: "CreatedWebhook" }),
    async handle({ ctx, actor, params, body, submissionId }) {
      const made = await createWebhook(ctx, actor, { ...params, ...body, submissionId });
      const value = { ...(await getWebhook(ctx, actor, made)), secret: made.secret };
      return { value, location: `/webhooks/${made.webhookId}` };
    },
  }),
  endpoint({
    method: "GET",
    path: "/webhooks/{webhookId}",
    operationId: "getWebhook",
    tag: "Webhooks",
    summary: "Read one webhook",
    scope: "webhooks:read",
    status: 200,
    response: webhook,
    handle: ({ ctx, actor, params }) => getWebhook(ctx, actor, params),
  }),
  endpoint({
    method: "PATCH",
    path: "/webhooks/{webhookId}",
    operationId: "updateWebhook",
    tag: "Webhooks",
    summary: "Change a webhook, disable it or enable it again",
    scope: "webhooks:write",
    body: z
      .strictObject({
        url: url.optional(),
        description: description.optional(),
        events: events.optional(),
        status: status.optional(),
      })
      .meta({ id: "WebhookChange" }),
    example: { status: "enabled" },
    status: 200,
    response: webhook,
    async handle({ ctx, actor, params, body, submissionId }) {
      await updateWebhook(ctx, actor, { ...params, ...body, submissionId });
      return getWebhook(ctx, actor, params);
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/webhooks/{webhookId}",
    operationId: "deleteWebhook",
    tag: "Webhooks",
    summary: "Delete a webhook with its messages",
    scope: "webhooks:write",
    status: 204,
    async handle({ ctx, actor, params, submissionId }) {
      await deleteWebhook(ctx, actor, { ...params, submissionId });
      return undefined;
    },
  }),
  endpoint({
    method: "POST",
    path: "/webhooks/{webhookId}/rotate-secret",
    operationId: "rotateWebhookSecret",
    tag: "Webhooks",
    summary: "Make a new signing secret; the old one signs too for 24 hours",
    scope: "webhooks:write",
    status: 200,
    response: z
      .object({ webhookId: z.string(), secret, oldSecretUntilMs: instant })
      .meta({ id: "RotatedSecret" }),
    handle: ({ ctx, actor, params, submissionId }) =>
      rotateWebhookSecret(ctx, actor, { ...params, submissionId }),
  }),
  endpoint({
    method: "POST",
    path: "/webhooks/{webhookId}/test",
    operationId: "testWebhook",
    tag: "Webhooks",
    summary: "Queue a message of the type webhook.test",
    scope: "webhooks:write",
    errors: ["ILLEGAL_TRANSITION"],
    status: 200,
    response: queued,
    handle: ({ ctx, actor, params, submissionId }) => testWebhook(ctx, actor, { ...params, submissionId }),
  }),
  endpoint({
    method: "GET",
    path: "/webhooks/{webhookId}/deliveries",
    operationId: "listDeliveries",
    tag: "Webhooks",
    summary: "List the messages of a webhook, the latest first",
    scope: "webhooks:read",
    query: pageQuery.extend({ status: z.enum(DELIVERY_STATUSES).optional() }),
    status: 200,
    response: pageOf("DeliveryPage", delivery),
    async handle({ ctx, actor, params, query }) {
      const { rows, nextCursor } = await listDeliveries(ctx, actor, { ...params, ...query });
      return { data: rows.map((row) => ({ ...row, payload: { ...row.payload } })), nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver",
    operationId: "redeliverWebhook",
    tag: "Webhooks",
    summary: "Send a message once more, with the same id",
    scope: "webhooks:write",
    status: 200,
    response: queued,
    handle: ({ ctx, actor, params, submissionId }) =>
      redeliverWebhook(ctx, actor, { ...params, submissionId }),
  }),
];
