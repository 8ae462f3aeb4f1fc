/** Signing by the Standard Webhooks convention. */
import { createHmac, randomBytes } from "node:crypto";
import type { ServiceContext } from "../context.ts";

const SECRET_PREFIX = "whsec_";

/** What a webhook's secret is derived from; worthless without the installation's own secret. */
export function newSecretSalt(): string {
  return randomBytes(24).toString("base64url");
}

/** The secret as its receiver is given it. */
export function webhookSecret(ctx: ServiceContext, webhook: { id: string; salt: string }): string {
  return SECRET_PREFIX + secretBytes(ctx, webhook).toString("base64");
}

/** The value of `webhook-signature`: one signature for each secret that counts now. */
export function signWebhook(
  ctx: ServiceContext,
  webhook: { id: string; salts: string[] },
  message: { id: string; timestampSeconds: number; body: string },
): string {
  const content = `${message.id}.${message.timestampSeconds}.${message.body}`;
  return webhook.salts
    .map((salt) => {
      const secret = secretBytes(ctx, { id: webhook.id, salt });
      return `v1,${createHmac("sha256", secret).update(content).digest("base64")}`;
    })
    .join(" ");
}

function secretBytes(ctx: ServiceContext, { id, salt }: { id: string; salt: string }): Buffer {
  return ctx.deriveSecret(`webhook:${id}:${salt}`);
}
