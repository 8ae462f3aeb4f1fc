import {
  DELIVERY_STATUSES,
  WEBHOOK_STATUSES,
  type WebhookEvent,
  type WebhookPayload,
} from "../../app/domain/webhook.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { AuthTables } from "./auth.ts";
import type { StudyTables } from "./study.ts";

/** Who is told about a study's events, and the outbox of what is to be told. */
export function webhookTables(k: Kit, { user, studies }: AuthTables & StudyTables) {
  const webhooks = k.table(
    "webhooks",
    {
      id: k.text().primaryKey(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      url: k.text().notNull(),
      description: k.text().notNull().default(""),
      events: k.json<WebhookEvent[]>().notNull(),
      status: k.enumText(WEBHOOK_STATUSES).notNull().default("enabled"),
      /** Why it is disabled, in words for the coordinator. */
      disabledReason: k.text(),
      /** The signing secret is derived from this and the installation's own secret; it is stored nowhere. */
      secretSalt: k.text().notNull(),
      oldSecretSalt: k.text(),
      oldSecretUntilMs: k.ms(),
      /** Start of the present row of failures; null after a success. */
      failingSinceMs: k.ms(),
      createdBy: k.text().references(() => user.id, { onDelete: "set null" }),
      createdAtMs: k.ms().notNull(),
      updatedAtMs: k.ms().notNull(),
    },
    (t) => [
      k.index("webhooks_study_ix").on(t.studyId, t.createdAtMs),
      k.check("webhooks_status_ck", oneOf(t.status, WEBHOOK_STATUSES)),
    ],
  );

  /** One message to one webhook; written with the event that it tells. */
  const webhookDeliveries = k.table(
    "webhook_deliveries",
    {
      /** The `webhook-id` of every attempt. */
      id: k.text().primaryKey(),
      webhookId: k
        .text()
        .notNull()
        .references(() => webhooks.id, { onDelete: "cascade" }),
      eventType: k.text().notNull(),
      payload: k.json<WebhookPayload>().notNull(),
      status: k.enumText(DELIVERY_STATUSES).notNull().default("pending"),
      attempts: k.int().notNull().default(0),
      nextAttemptAtMs: k.ms().notNull(),
      /** Fences the attempt under way: only who holds the token may record its outcome. */
      leaseToken: k.text(),
      leaseUntilMs: k.ms(),
      lastAttemptAtMs: k.ms(),
      lastDurationMs: k.int(),
      /** HTTP status of the latest attempt; null when there was no answer. */
      lastStatus: k.int(),
      lastError: k.text(),
      createdAtMs: k.ms().notNull(),
      deliveredAtMs: k.ms(),
    },
    (t) => [
      k.index("webhook_deliveries_due_ix").on(t.status, t.nextAttemptAtMs),
      k.index("webhook_deliveries_webhook_ix").on(t.webhookId, t.createdAtMs),
      k.check("webhook_deliveries_status_ck", oneOf(t.status, DELIVERY_STATUSES)),
    ],
  );

  return { webhooks, webhookDeliveries };
}
