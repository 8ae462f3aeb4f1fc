import { RequestError } from "../../domain/errors.ts";
import { cleanLine } from "../../domain/text.ts";
import {
  WEBHOOK_DESCRIPTION_MAX_CHARACTERS,
  WEBHOOK_EVENTS,
  type WebhookEvent,
  webhookUrlProblem,
} from "../../domain/webhook.ts";
import type { ServiceContext } from "../context.ts";

export interface WebhookInput {
  url: string;
  description: string;
  events: string[];
}

/** The webhook as stored. Throws INVALID_INPUT with a message per field. */
export function checkWebhook(
  ctx: ServiceContext,
  input: WebhookInput,
): { url: string; description: string; events: WebhookEvent[] } {
  const fields: Record<string, string> = {};
  const url = cleanLine(input.url);
  const description = cleanLine(input.description);
  const problem = webhookUrlProblem(url, { allowHttp: ctx.webhooks.allowsHttp(url) });
  if (problem) fields.url = problem;
  if (description.length > WEBHOOK_DESCRIPTION_MAX_CHARACTERS) {
    fields.description = `Use at most ${WEBHOOK_DESCRIPTION_MAX_CHARACTERS} characters.`;
  }
  const events = WEBHOOK_EVENTS.filter((event) => input.events.includes(event));
  const unknown = input.events.filter((event) => !WEBHOOK_EVENTS.includes(event as WebhookEvent));
  if (unknown.length > 0) fields.events = `There is no event ${unknown[0]}.`;
  else if (events.length === 0) fields.events = "Choose at least one event.";
  if (Object.keys(fields).length > 0) {
    const message = Object.values(fields)[0] ?? "The webhook is not valid.";
    throw new RequestError("INVALID_INPUT", message, fields);
  }
  return { url: new URL(url).href, description, events };
}
