import { and, eq, isNull } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import { hasCapability } from "../../domain/roles.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

/** Makes a key useless at once. Own keys; anybody's for who may manage users. Revoking twice is fine. */
export async function revokeApiKey(
  ctx: ServiceContext,
  actor: Actor,
  args: { keyId: string; submissionId: string },
): Promise<{ name: string }> {
  assertCapability(actor, "api.key");
  const { keyId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "revoke-api-key",
    body: { keyId },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { apiKeys } = ctx.store.t;
    const [key] = await tx
      .select({ name: apiKeys.name, ownerUserId: apiKeys.ownerUserId })
      .from(apiKeys)
      .where(eq(apiKeys.id, keyId));
    const mayRevoke = key?.ownerUserId === actor.userId || hasCapability(actor.role, "user.manage");
    if (!key || !mayRevoke) throw notFound("key");
    const revoked = await tx
      .update(apiKeys)
      .set({ revokedAtMs: ctx.now() })
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAtMs)))
      .returning({ id: apiKeys.id });
    if (revoked.length > 0) {
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "api_key.revoked",
        subjectType: "api_key",
        subjectId: keyId,
        data: { ownerUserId: key.ownerUserId },
      });
    }
    return { name: key.name };
  });
}
