import { eq } from "drizzle-orm";
import type { Schema } from "../../../db/schema/index.ts";
import { RequestError } from "../../domain/errors.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { hashInvitationToken, INVITATION_DAYS, invitationState } from "./invitation-token.ts";

/** The invitation behind a link. Throws INVITATION_INVALID with the true reason unless it is open. */
export async function getOpenInvitation(
  ctx: ServiceContext,
  reader: AnyReader,
  token: string,
): Promise<Schema["invitations"]["$inferSelect"]> {
  const { invitations } = ctx.store.t;
  const [invitation] = await reader
    .select()
    .from(invitations)
    .where(eq(invitations.tokenSha256, hashInvitationToken(token)));
  if (!invitation) {
    throw invalid("This invitation link is not known here. Check that you copied the whole link.");
  }
  switch (invitationState(invitation, ctx.now())) {
    case "accepted":
      throw invalid("This invitation was already used. Sign in with the account that you made.");
    case "revoked":
      throw invalid("This invitation was withdrawn. Ask the person who invited you for a new link.");
    case "expired":
      throw invalid(
        `This invitation is older than ${INVITATION_DAYS} days and has expired. Ask for a new link.`,
      );
    case "open":
      return invitation;
  }
}

function invalid(message: string): RequestError {
  return new RequestError("INVITATION_INVALID", message);
}
