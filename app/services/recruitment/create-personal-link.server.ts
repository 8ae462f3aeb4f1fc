import { and, eq, isNull } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { PERSONAL_LINK_HOURS } from "../../domain/recruitment.ts";
import type { ServiceContext } from "../context.ts";
import { hashInvitationToken, newInvitationToken } from "../identity/invitation-token.ts";

/**
 * Makes a single-use link with which a rater goes on in another browser; earlier ones stop working. Only its hash is
 * kept, so its path is returned this once. Errors: FORBIDDEN for staff.
 */
export async function createPersonalLink(
  ctx: ServiceContext,
  actor: Actor,
): Promise<{ path: string; expiresAtMs: number }> {
  assertCapability(actor, "rate");
  if (actor.role !== "rater") throw new RequestError("FORBIDDEN", "Staff sign in with their password.");
  const { personalLinks } = ctx.store.t;
  const token = newInvitationToken();
  const now = ctx.now();
  const expiresAtMs = now + PERSONAL_LINK_HOURS * 3_600_000;
  await ctx.store.tx(async (tx) => {
    await tx
      .delete(personalLinks)
      .where(and(eq(personalLinks.userId, actor.userId), isNull(personalLinks.usedAtMs)));
    await tx.insert(personalLinks).values({
      tokenSha256: hashInvitationToken(token),
      userId: actor.userId,
      createdAtMs: now,
      expiresAtMs,
    });
  });
  return { path: paths.personalLink(token), expiresAtMs };
}
