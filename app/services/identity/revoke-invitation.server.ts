import { and, eq, isNull } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

export interface RevokeInvitationArgs {
  studyId: string;
  invitationId: string;
  submissionId: string;
}

/** Makes an invitation's link useless. Revoking it twice is fine; an accepted one cannot be revoked. */
export async function revokeInvitation(
  ctx: ServiceContext,
  actor: Actor,
  args: RevokeInvitationArgs,
): Promise<{ email: string }> {
  assertCapability(actor, "rater.invite");
  const { studyId, invitationId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "revoke-invitation",
    body: { studyId, invitationId },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { invitations } = ctx.store.t;
    const revoked = await tx
      .update(invitations)
      .set({ revokedAtMs: ctx.now() })
      .where(
        and(
          eq(invitations.id, invitationId),
          eq(invitations.studyId, studyId),
          isNull(invitations.acceptedAtMs),
          isNull(invitations.revokedAtMs),
        ),
      )
      .returning({ email: invitations.email });
    if (revoked[0]) {
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "invitation.revoked",
        subjectType: "invitation",
        subjectId: invitationId,
        data: { studyId },
      });
      return { email: revoked[0].email };
    }
    const [invitation] = await tx
      .select({ email: invitations.email, acceptedAtMs: invitations.acceptedAtMs })
      .from(invitations)
      .where(and(eq(invitations.id, invitationId), eq(invitations.studyId, studyId)));
    if (!invitation) throw notFound("invitation");
    if (invitation.acceptedAtMs !== null) {
      throw new RequestError(
        "ILLEGAL_TRANSITION",
        `${invitation.email} has accepted already. Block the member instead.`,
      );
    }
    return { email: invitation.email };
  });
}
