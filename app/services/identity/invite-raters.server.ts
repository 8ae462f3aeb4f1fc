import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { chunk, type Tx } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { addRater } from "./add-rater.server.ts";
import { checkEmails, emailsProblem, nameSome } from "./check-emails.ts";
import { hashInvitationToken, INVITATION_LIFE_MS, newInvitationToken } from "./invitation-token.ts";
import { recallToken, rememberTokens } from "./recent-links.ts";

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
    const { studies } = ctx.store.t;
    const [study] = await tx.select({ status: studies.status }).from(studies).where(eq(studies.id, studyId));
    if (!study) throw notFound("study");
    if (study.status === "closed") {
      throw new RequestError("STUDY_NOT_OPEN", "This study is closed. Reopen it before you invite people.");
    }
    const accounts = await accountsOf(tx, ctx, emails);
    const staff = accounts.filter((a) => a.role !== "rater").map((a) => a.email);
    if (staff.length > 0) {
      throw emailsProblem(`Staff accounts cannot rate: ${nameSome(staff)}. Nobody was invited.`);
    }
    for (const account of accounts) await addRater(ctx, tx, { userId: account.id, source, studyId });
    const known = new Set(accounts.map((a) => a.email));
    const fresh = emails.filter((email) => !known.has(email));
    const invitations = await insertInvitations(tx, ctx, actor, { studyId, source, emails: fresh, tokens });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "raters.invited",
      subjectType: "study",
      subjectId: studyId,
      data: { source, invited: invitations.length, added: accounts.length },
    });
    return { invitations, alreadyMembers: emails.filter((email) => known.has(email)) };
  });
  const key = `${actor.userId}/${submissionId}`;
  if (tokens.size > 0) rememberTokens(ctx, key, tokens);
  return {
    ...stored,
    invitations: stored.invitations.map((invitation) => {
      const token = recallToken(ctx, key, invitation.invitationId);
      return { ...invitation, path: token && paths.invitation(token) };
    }),
  };
}

async function accountsOf(tx: Tx, ctx: ServiceContext, emails: string[]) {
  const { user } = ctx.store.t;
  return tx
    .select({ id: user.id, email: user.email, role: user.role })
    .from(user)
    .where(inArray(user.email, emails));
}

async function insertInvitations(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; source: Source; emails: string[]; tokens: Map<string, string> },
) {
  const { studyId, source, emails, tokens } = args;
  if (emails.length === 0) return [];
  const { invitations } = ctx.store.t;
  const now = ctx.now();
  const expiresAtMs = now + INVITATION_LIFE_MS;
  await tx
    .update(invitations)
    .set({ revokedAtMs: now })
    .where(
      and(
        eq(invitations.studyId, studyId),
        inArray(invitations.email, emails),
        isNull(invitations.acceptedAtMs),
        isNull(invitations.revokedAtMs),
        gt(invitations.expiresAtMs, now),
      ),
    );
  const rows = emails.map((email) => {
    const token = newInvitationToken();
    const id = ctx.newId("inv");
    tokens.set(id, token);
    return {
      id,
      tokenSha256: hashInvitationToken(token),
      email,
      role: "rater" as const,
      studyId,
      source,
      createdBy: actor.userId,
      createdAtMs: now,
      expiresAtMs,
    };
  });
  for (const part of chunk(rows)) await tx.insert(invitations).values(part);
  return rows.map(({ id, email }) => ({ invitationId: id, email, expiresAtMs }));
}
