import { RequestError } from "../../domain/errors.ts";
import { isRole, type Role } from "../../domain/roles.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { addRater } from "./add-rater.server.ts";
import { checkAccount } from "./check-account.ts";
import { normaliseEmail } from "./normalise-email.ts";

export interface CreateUserArgs {
  email: string;
  name: string;
  role: Role;
  password: string;
  /** Of the rater identity; "human" when left out. */
  source?: Source;
}
export interface CreateUserResult {
  userId: string;
  /** Null for staff. */
  raterId: string | null;
}

/**
 * Makes an account, for the operator's command line and the seed only: there is no actor to check.
 * Throws EMAIL_TAKEN.
 */
export async function createUser(ctx: ServiceContext, args: CreateUserArgs): Promise<CreateUserResult> {
  const email = normaliseEmail(args.email);
  if (email === null) {
    const message = `“${args.email}” is not an e-mail address.`;
    throw new RequestError("INVALID_INPUT", message, { email: message });
  }
  if (!isRole(args.role)) {
    throw new RequestError("INVALID_INPUT", "There is no such role.", { role: "There is no such role." });
  }
  const { name, password } = checkAccount(args);
  const userId = await ctx.accounts.create({ email, name, role: args.role, password });
  return ctx.store.tx(async (tx) => {
    const rater =
      args.role === "rater"
        ? await addRater(ctx, tx, { userId, source: args.source ?? "human", studyId: null })
        : null;
    await recordAudit(ctx, tx, {
      actorUserId: null,
      action: "user.created",
      subjectType: "user",
      subjectId: userId,
      data: { role: args.role },
    });
    return { userId, raterId: rater?.raterId ?? null };
  });
}
