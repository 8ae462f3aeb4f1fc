/** What webhooks tell, and when a message is tried again. Pure. */
import { z } from "zod";

export const WEBHOOK_EVENTS = [
  "assignment.submitted",
  "assignment.expired",
  "assignment.returned",
  "assignment.approved",
  "assignment.rejected",
  "assignment.returned_for_correction",
  "assignment.released",
  "assignment.withdrawn",
  "study.published",
  "study.paused",
  "study.resumed",
  "study.closed",
  "study.reopened",
  "export.ready",
  "export.failed",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** Sent by hand, whatever the webhook listens to. */
export const WEBHOOK_TEST_EVENT = "webhook.test";

/** The recorded events that are told, by the name they have outside. */
const TOLD: Record<string, WebhookEvent> = {
  "assignment.submitted": "assignment.submitted",
  "assignment.expired": "assignment.expired",
  "assignment.returned": "assignment.returned",
  "assignment.approved": "assignment.approved",
  "assignment.rejected": "assignment.rejected",
  "assignment.returned_for_correction": "assignment.returned_for_correction",
  "assignment.released": "assignment.released",
  "assignment.withdrawn": "assignment.withdrawn",
  "study.publish": "study.published",
  "study.pause": "study.paused",
  "study.resume": "study.resumed",
  "study.close": "study.closed",
  "study.reopen": "study.reopened",
  "export.ready": "export.ready",
  "export.failed": "export.failed",
};

/** The webhook event behind a recorded event, or null when it is not told. */
export function webhookEventOf(recordedType: string): WebhookEvent | null {
  return Object.hasOwn(TOLD, recordedType) ? (TOLD[recordedType] ?? null) : null;
}

export const WEBHOOK_STATUSES = ["enabled", "disabled"] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

export const DELIVERY_STATUSES = ["pending", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Pseudonymous ids only: no e-mail, no prompt, no expansion, no arm. */
export interface WebhookPayload {
  type: WebhookEvent | typeof WEBHOOK_TEST_EVENT;
  /** ISO 8601. */
  timestamp: string;
  data: {
    studyId: string;
    raterId?: string;
    assignmentId?: string;
    trajectoryId?: string;
    /** Of the study. */
    version?: number;
    exportId?: string;
  };
}

export const WEBHOOKS_PER_STUDY_MAX = 10;
export const WEBHOOK_DESCRIPTION_MAX_CHARACTERS = 120;
const WEBHOOK_URL_MAX_CHARACTERS = 2000;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Wait before attempt 2, 3, …: about 24 hours in all. */
export const RETRY_DELAYS_MS = [
  5 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  8 * HOUR,
  8 * HOUR,
] as const;
export const DELIVERY_ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;
/** A webhook that has not answered well once in this time is switched off when a message is given up. */
export const DISABLE_AFTER_MS = 12 * HOUR;
/** After a new secret the old one still signs for this long. */
export const OLD_SECRET_LIFE_MS = 24 * HOUR;
const JITTER = 0.2;

/**
 * How long to wait after attempt number `attempts` (1-based) failed; null = give up. `chance` in [0, 1) spreads the
 * attempts by ± 20 %. A receiver that asks for more time (`retryAfterMs`) gets it, up to the longest wait.
 */
export function retryDelayMs(attempts: number, chance: number, retryAfterMs = 0): number | null {
  const base = RETRY_DELAYS_MS[attempts - 1];
  if (base === undefined) return null;
  const spread = Math.round(base * (1 + JITTER * (2 * chance - 1)));
  return Math.max(spread, Math.min(retryAfterMs, 8 * HOUR));
}

/**
 * Why `text` cannot be a webhook's address, or null. Where the address leads is checked again at each connection.
 * `allowHttp` = the operator permits private receivers, which often have no certificate.
 */
export function webhookUrlProblem(text: string, options: { allowHttp: boolean }): string | null {
  if (text === "") return "Type the address that receives the messages.";
  if (text.length > WEBHOOK_URL_MAX_CHARACTERS) {
    return `Use at most ${WEBHOOK_URL_MAX_CHARACTERS} characters.`;
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "http:" && !options.allowHttp) {
    return "Use an address that starts with https://.";
  }
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    return "Use a full web address such as https://example.org/hooks.";
  }
  if (url.username !== "" || url.password !== "") {
    return "Leave user name and password out of the address: messages are signed instead.";
  }
  if (url.hash !== "") return "Leave out the part after #: it is never sent.";
  return null;
}

export const webhookEventsSchema = z.array(z.enum(WEBHOOK_EVENTS)).min(1, "Choose at least one event.");
