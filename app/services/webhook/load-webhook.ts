import { eq } from "drizzle-orm";
import type { Schema } from "../../../db/schema/index.ts";
import { notFound } from "../../domain/errors.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

export type WebhookRecord = Schema["webhooks"]["$inferSelect"];

/** The webhook, of this study where one is given. Throws NOT_FOUND. */
export async function loadWebhook(
  ctx: ServiceContext,
  reader: AnyReader,
  { webhookId, studyId }: { webhookId: string; studyId?: string },
): Promise<WebhookRecord> {
  const { webhooks } = ctx.store.t;
  const [row] = await reader.select().from(webhooks).where(eq(webhooks.id, webhookId));
  if (!row || (studyId !== undefined && row.studyId !== studyId)) throw notFound("webhook");
  return row;
}
