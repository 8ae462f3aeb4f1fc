import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { checkAccount } from "./check-account.ts";
import { normaliseEmail } from "./normalise-email.ts";

/**
 * Gives an account a new password and ends its sessions; for the operator's command line only: there is no actor to
 * check. Also completes an account whose making was cut off before it had a password. Throws NOT_FOUND, INVALID_INPUT.
 */
export async function setPassword(
  ctx: ServiceContext,
  args: { email: string; password: string },
): Promise<{ userId: string }> {
  const account = await ctx.accounts.findByEmail(normaliseEmail(args.email) ?? "");
  if (!account) throw new RequestError("NOT_FOUND", `There is no account with the address “${args.email}”.`);
  const { password } = checkAccount({ name: account.name, password: args.password });
  await ctx.accounts.setPassword(account.userId, password);
  await ctx.store.tx((tx) =>
    recordAudit(ctx, tx, {
      actorUserId: null,
      action: "user.password_set",
      subjectType: "user",
      subjectId: account.userId,
    }),
  );
  return { userId: account.userId };
}
