import { and, count, eq } from "drizzle-orm";
import type { ApiKeyRow } from "../../domain/access-views.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { apiKeyState } from "../../domain/api-key.ts";
import { effectiveScopes, isApiScope } from "../../domain/api-scopes.ts";
import { hasCapability } from "../../domain/roles.ts";
import type { Page } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "../dataset/keyset.ts";

export interface ListApiKeysArgs {
  /** Everybody's, for who may manage users. */
  all?: boolean;
  cursor?: string | null;
  limit?: number;
}

/** API keys, the latest first; never the keys themselves. */
export async function listApiKeys(
  ctx: ServiceContext,
  actor: Actor,
  args: ListApiKeysArgs = {},
): Promise<Page<ApiKeyRow>> {
  assertCapability(actor, "api.key");
  const { apiKeys, user } = ctx.store.t;
  const everybody = args.all === true && hasCapability(actor.role, "user.manage");
  const matching = everybody ? undefined : eq(apiKeys.ownerUserId, actor.userId);
  const limit = pageSize(args.limit);
  const now = ctx.now();
  const [rows, total] = await Promise.all([
    ctx.store.read
      .select({ key: apiKeys, ownerName: user.name, ownerRole: user.role })
      .from(apiKeys)
      .innerJoin(user, eq(user.id, apiKeys.ownerUserId))
      .where(and(matching, afterCursor(args.cursor, apiKeys.createdAtMs, apiKeys.id)))
      .orderBy(...newestFirst(apiKeys.createdAtMs, apiKeys.id))
      .limit(limit + 1),
    ctx.store.read.select({ n: count() }).from(apiKeys).where(matching),
  ]);
  const page = cutPage(rows, limit, (r) => ({ ms: r.key.createdAtMs, id: r.key.id }));
  return {
    nextCursor: page.nextCursor,
    total: total[0]?.n ?? 0,
    rows: page.rows.map(({ key, ownerName, ownerRole }) => ({
      keyId: key.id,
      name: key.name,
      prefix: key.prefix,
      scopes: key.scopes.filter(isApiScope),
      effectiveScopes: effectiveScopes(key.scopes, ownerRole),
      state: apiKeyState(key, now),
      ownerName,
      own: key.ownerUserId === actor.userId,
      createdAtMs: key.createdAtMs,
      expiresAtMs: key.expiresAtMs,
      lastUsedAtMs: key.lastUsedAtMs,
    })),
  };
}
