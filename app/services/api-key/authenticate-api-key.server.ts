import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { API_KEY_PATTERN, apiKeyState } from "../../domain/api-key.ts";
import { type ApiScope, effectiveScopes } from "../../domain/api-scopes.ts";
import { hasCapability } from "../../domain/roles.ts";
import type { ServiceContext } from "../context.ts";
import { hashApiKey } from "./key-secret.ts";

/** The time of the latest use is written at most this often. */
const LAST_USED_EVERY_MS = 60_000;

export type ApiKeyRefusal = "malformed" | "unknown" | "revoked" | "expired" | "owner_banned" | "owner_role";

export type ApiKeyCheck =
  | { kind: "accepted"; keyId: string; actor: Actor; scopes: ApiScope[] }
  | { kind: "refused"; reason: ApiKeyRefusal; keyId: string | null; ownerUserId: string | null };

/**
 * Who a key speaks for, as of now: a ban, a change of role, a revocation or the expiry takes effect at once.
 */
export async function authenticateApiKey(ctx: ServiceContext, key: string): Promise<ApiKeyCheck> {
  if (!API_KEY_PATTERN.test(key)) return refused("malformed");
  const { apiKeys, user, raters } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ key: apiKeys, owner: user, raterId: raters.id })
    .from(apiKeys)
    .innerJoin(user, eq(user.id, apiKeys.ownerUserId))
    .leftJoin(raters, eq(raters.userId, user.id))
    .where(eq(apiKeys.keySha256, hashApiKey(key)));
  if (!row) return refused("unknown");
  const { key: found, owner, raterId } = row;
  const now = ctx.now();
  const ids = { keyId: found.id, ownerUserId: owner.id };
  const state = apiKeyState(found, now);
  if (state !== "active") return refused(state, ids);
  const banned = owner.banned === true && (owner.banExpires === null || owner.banExpires.getTime() > now);
  if (banned) return refused("owner_banned", ids);
  if (!hasCapability(owner.role, "api.key")) return refused("owner_role", ids);
  await noteUse(ctx, found.id, found.lastUsedAtMs, now);
  return {
    kind: "accepted",
    keyId: found.id,
    actor: { userId: owner.id, email: owner.email, name: owner.name, role: owner.role, raterId },
    scopes: effectiveScopes(found.scopes, owner.role),
  };
}

async function noteUse(
  ctx: ServiceContext,
  keyId: string,
  lastMs: number | null,
  now: number,
): Promise<void> {
  const before = now - LAST_USED_EVERY_MS;
  if (lastMs !== null && lastMs > before) return;
  const { apiKeys } = ctx.store.t;
  await ctx.store.tx((tx) =>
    tx
      .update(apiKeys)
      .set({ lastUsedAtMs: now })
      .where(
        and(eq(apiKeys.id, keyId), or(isNull(apiKeys.lastUsedAtMs), lt(apiKeys.lastUsedAtMs, before + 1))),
      ),
  );
}

function refused(
  reason: ApiKeyRefusal,
  ids: { keyId: string | null; ownerUserId: string | null } = { keyId: null, ownerUserId: null },
): ApiKeyCheck {
  return { kind: "refused", reason, ...ids };
}
