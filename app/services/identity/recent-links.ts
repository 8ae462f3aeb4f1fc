import { paths } from "../../domain/paths.ts";
import type { ServiceContext } from "../context.ts";

const KEEP_MS = 10 * 60 * 1000;
const KEEP_REPLIES = 100;

interface Reply {
  atMs: number;
  /** Invitation id → token. */
  tokens: Map<string, string>;
}

/**
 * Tokens of the latest invitations, in this process's memory only: a second click or a retry after a lost reply gets
 * the same links, and yet no token is ever written down.
 */
const replies = new WeakMap<ServiceContext["store"], Map<string, Reply>>();

export function rememberTokens(ctx: ServiceContext, key: string, tokens: Map<string, string>): void {
  const known = replies.get(ctx.store) ?? new Map<string, Reply>();
  replies.set(ctx.store, known);
  const now = ctx.now();
  for (const [k, reply] of known) {
    if (reply.atMs < now - KEEP_MS || known.size >= KEEP_REPLIES) known.delete(k);
  }
  known.set(key, { atMs: now, tokens });
}

export function recallToken(ctx: ServiceContext, key: string, invitationId: string): string | null {
  const reply = replies.get(ctx.store)?.get(key);
  return reply && reply.atMs >= ctx.now() - KEEP_MS ? (reply.tokens.get(invitationId) ?? null) : null;
}

/**
 * The invitations of a submission with the paths of their links. `fresh` holds the tokens if they were made just now;
 * otherwise those of a moment ago are looked up, and a path is null once its token is forgotten.
 */
export function withLinks<I extends { invitationId: string }>(
  ctx: ServiceContext,
  key: string,
  fresh: Map<string, string>,
  invitations: readonly I[],
): (I & { path: string | null })[] {
  if (fresh.size > 0) rememberTokens(ctx, key, fresh);
  return invitations.map((invitation) => {
    const token = recallToken(ctx, key, invitation.invitationId);
    return { ...invitation, path: token && paths.invitation(token) };
  });
}
