import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { checkEmails, emailsProblem, nameSome } from "./check-emails.ts";
import { accountsOf, assertInvitable, invitePeople } from "./invite-people.ts";
import { withLinks } from "./recent-links.ts";

export interface InviteRatersArgs {
  studyId: string;
  emails: string[];
  source: Source;
  submissionId: string;
}

export interface InviteRatersResult {
  invitations: {
    invitationId: string;
    email: string;
    /** The link's path; null when an old form is sent again: links are shown once and never stored. */
    path: string | null;
    expiresAtMs: number;
  }[];
  /** Addresses with a rater account: they are in the study now and need no link. */
  alreadyMembers: string[];
}

/**
 * Invites people to rate in a study: all of them, or nobody when one entry is wrong. An open invitation of the same
 * address to the same study is replaced, so its old link stops working.
 */
export async function inviteRaters(
  ctx: ServiceContext,
  actor: Actor,
  args: InviteRatersArgs,
): Promise<InviteRatersResult> {
  assertCapability(actor, "rater.invite");
  const { studyId, source, submissionId } = args;
  const emails = checkEmails(args.emails);
  const tokens = new Map<string, string>();
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "invite-raters",
    body: { studyId, emails, source },
  };
  const stored = await submitOnce(ctx, submission, async (tx) => {
    tokens.clear();
    await assertInvitable(ctx, tx, studyId);
    const accounts = [...(await accountsOf(ctx, tx, emails))];
    const staff = accounts.flatMap(([email, { role }]) => (role === "rater" ? [] : [email]));
    if (staff.length > 0) {
      throw emailsProblem(`Staff accounts cannot rate: ${nameSome(staff)}. Nobody was invited.`);
    }
    const people = emails.map((email) => ({ email, name: "", pool: "", locale: "", note: "" }));
    return invitePeople(ctx, tx, actor, { studyId, source, people, tokens });
  });
  const { invitations, alreadyMembers } = stored;
  return {
    alreadyMembers,
    invitations: withLinks(ctx, `${actor.userId}/${submissionId}`, tokens, invitations),
  };
}
