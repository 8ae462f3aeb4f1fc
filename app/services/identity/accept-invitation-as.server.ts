import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { Role } from "../../domain/roles.ts";
import type { ServiceContext } from "../context.ts";
import { consumeInvitation } from "./consume-invitation.server.ts";
import { getOpenInvitation } from "./get-open-invitation.server.ts";

/** Accepts an invitation with the account that is signed in, which must have the invited address and role. */
export async function acceptInvitationAs(
  ctx: ServiceContext,
  actor: Actor,
  args: { token: string },
): Promise<{ email: string; role: Role }> {
  const invitation = await getOpenInvitation(ctx, ctx.store.read, args.token);
  const { email, role } = invitation;
  if (actor.email.toLowerCase() !== email.toLowerCase()) {
    throw new RequestError(
      "FORBIDDEN",
      `This invitation is for ${email}, and you are signed in as ${actor.email}. Sign out and open the link again.`,
    );
  }
  if (role === "rater") assertCapability(actor, "rate");
  else if (actor.role !== role) {
    throw new RequestError(
      "FORBIDDEN",
      `Your account is a ${actor.role}'s; an administrator has to change it to ${role}.`,
    );
  }
  await consumeInvitation(ctx, { token: args.token, userId: actor.userId });
  return { email, role };
}
