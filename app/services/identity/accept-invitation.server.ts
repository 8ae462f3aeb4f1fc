import { RequestError } from "../../domain/errors.ts";
import type { Role } from "../../domain/roles.ts";
import type { ServiceContext } from "../context.ts";
import { checkAccount } from "./check-account.ts";
import { consumeInvitation } from "./consume-invitation.server.ts";
import { getOpenInvitation } from "./get-open-invitation.server.ts";

export interface AcceptInvitationArgs {
  token: string;
  name: string;
  password: string;
}
export interface AcceptInvitationResult {
  email: string;
  role: Role;
}

/**
 * Makes the account of an invited person. Throws INVITATION_INVALID, INVALID_INPUT per field, or EMAIL_TAKEN when the
 * address has an account: then its owner signs in and opens the link again.
 */
export async function acceptInvitation(
  ctx: ServiceContext,
  args: AcceptInvitationArgs,
): Promise<AcceptInvitationResult> {
  const invitation = await getOpenInvitation(ctx, ctx.store.read, args.token);
  const { name, password } = checkAccount(args);
  const { email, role } = invitation;
  // The account comes first: after a crash in between, signing in and opening the link again finishes the job.
  const userId = await createAccount(ctx, { email, name, role, password });
  await consumeInvitation(ctx, { token: args.token, userId });
  return { email, role };
}

async function createAccount(
  ctx: ServiceContext,
  account: { email: string; name: string; role: Role; password: string },
): Promise<string> {
  try {
    return await ctx.accounts.create(account);
  } catch (error) {
    if (error instanceof RequestError && error.code === "EMAIL_TAKEN") {
      throw new RequestError(
        "EMAIL_TAKEN",
        `${account.email} already has an account. Sign in with it, then open this link again.`,
      );
    }
    throw error;
  }
}
