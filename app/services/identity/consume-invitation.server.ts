import { and, eq, isNull } from "drizzle-orm";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { addRater } from "./add-rater.server.ts";
import { getOpenInvitation } from "./get-open-invitation.server.ts";

/**
 * Uses an invitation up for a user, in one transaction: of two who try, one succeeds. A rater gets a rater identity
 * and becomes a member of the study.
 */
export async function consumeInvitation(
  ctx: ServiceContext,
  args: { token: string; userId: string },
): Promise<void> {
  await ctx.store.tx(async (tx) => {
    const { invitations } = ctx.store.t;
    const invitation = await getOpenInvitation(ctx, tx, args.token);
    const accepted = await tx
      .update(invitations)
      .set({ acceptedAtMs: ctx.now(), acceptedUserId: args.userId })
      .where(
        and(
          eq(invitations.id, invitation.id),
          isNull(invitations.acceptedAtMs),
          isNull(invitations.revokedAtMs),
        ),
      )
      .returning({ id: invitations.id });
    if (accepted.length === 0) {
      throw new RequestError("INVITATION_INVALID", "This invitation was used or withdrawn a moment ago.");
    }
    if (invitation.role === "rater") {
      await addRater(ctx, tx, {
        userId: args.userId,
        source: invitation.source,
        studyId: invitation.studyId,
        pool: invitation.pool,
        locale: invitation.locale,
      });
    }
    await recordAudit(ctx, tx, {
      actorUserId: args.userId,
      action: "invitation.accepted",
      subjectType: "invitation",
      subjectId: invitation.id,
      data: { role: invitation.role, studyId: invitation.studyId },
    });
  });
}
