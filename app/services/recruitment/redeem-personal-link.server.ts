import { and, eq, gt, isNull } from "drizzle-orm";
import { RequestError } from "../../domain/errors.ts";
import { PERSONAL_LINK_HOURS } from "../../domain/recruitment.ts";
import type { ServiceContext } from "../context.ts";
import { hashInvitationToken } from "../identity/invitation-token.ts";

/** Uses a personal link up: of two who try, one succeeds. Throws INVITATION_INVALID. */
export async function redeemPersonalLink(
  ctx: ServiceContext,
  args: { token: string },
): Promise<{ userId: string }> {
  const { personalLinks } = ctx.store.t;
  const now = ctx.now();
  const [used] = await ctx.store.tx((tx) =>
    tx
      .update(personalLinks)
      .set({ usedAtMs: now })
      .where(
        and(
          eq(personalLinks.tokenSha256, hashInvitationToken(args.token)),
          isNull(personalLinks.usedAtMs),
          gt(personalLinks.expiresAtMs, now),
        ),
      )
      .returning({ userId: personalLinks.userId }),
  );
  if (!used) {
    throw new RequestError(
      "INVITATION_INVALID",
      `This link was used already, was replaced by a newer one, or is older than ${PERSONAL_LINK_HOURS} hours. Make a new one on “Your data”.`,
    );
  }
  return used;
}
