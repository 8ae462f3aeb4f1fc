/** What pages and API are given about keys and webhooks. */
import type { ApiKeyState } from "./api-key.ts";
import type { ApiScope } from "./api-scopes.ts";
import type { DeliveryStatus, WebhookEvent, WebhookStatus } from "./webhook.ts";

export interface ApiKeyRow {
  keyId: string;
  name: string;
  /** Its first characters. */
  prefix: string;
  /** As given. */
  scopes: ApiScope[];
  /** As far as its owner's role reaches now. */
  effectiveScopes: ApiScope[];
  state: ApiKeyState;
  ownerName: string;
  own: boolean;
  createdAtMs: number;
  expiresAtMs: number | null;
  lastUsedAtMs: number | null;
}

export interface WebhookRow {
  webhookId: string;
  studyId: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  status: WebhookStatus;
  disabledReason: string | null;
  failingSinceMs: number | null;
  /** The old secret still signs too, until then. */
  oldSecretUntilMs: number | null;
  pending: number;
  failed: number;
  createdAtMs: number;
}

export interface DeliveryRow {
  deliveryId: string;
  eventType: string;
  status: DeliveryStatus;
  attempts: number;
  /** Null when there will be none. */
  nextAttemptAtMs: number | null;
  lastAttemptAtMs: number | null;
  lastDurationMs: number | null;
  /** HTTP status of the latest attempt; null without an answer. */
  lastStatus: number | null;
  lastError: string | null;
  payload: object;
  createdAtMs: number;
  deliveredAtMs: number | null;
}
