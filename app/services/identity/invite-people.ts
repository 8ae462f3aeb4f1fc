import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { chunk, type Tx } from "../../../db/store.ts";
import type { Actor } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { addRater } from "./add-rater.server.ts";
import { hashInvitationToken, INVITATION_LIFE_MS, newInvitationToken } from "./invitation-token.ts";

/** Who is invited; everything but the address may be "". */
export interface Invitee {
  email: string;
  name: string;
  pool: string;
  locale: string;
  note: string;
}

export interface InvitePeopleArgs {
  studyId: string;
  source: Source;
  /** Distinct addresses, none of them of staff. */
  people: readonly Invitee[];
  /** Gets the token of each invitation by its id. */
  tokens: Map<string, string>;
}

/** Inside a transaction: invites strangers, and lets people with a rater account in at once. */
export async function invitePeople(ctx: ServiceContext, tx: Tx, actor: Actor, args: InvitePeopleArgs) {
  const { studyId, source, people, tokens } = args;
  const accounts = await accountsOf(
    ctx,
    tx,
    people.map((p) => p.email),
  );
  for (const { email, pool, locale } of people) {
    const account = accounts.get(email);
    if (account) await addRater(ctx, tx, { userId: account.id, source, studyId, pool, locale });
  }
  const fresh = people.filter((p) => !accounts.has(p.email));
  const invitations = await insertInvitations(ctx, tx, actor, { studyId, source, people: fresh, tokens });
  await recordAudit(ctx, tx, {
    actorUserId: actor.userId,
    action: "raters.invited",
    subjectType: "study",
    subjectId: studyId,
    data: { source, invited: invitations.length, added: accounts.size },
  });
  return { invitations, alreadyMembers: people.flatMap((p) => (accounts.has(p.email) ? [p.email] : [])) };
}

/** Throws NOT_FOUND, or STUDY_NOT_OPEN for a closed study. */
export async function assertInvitable(
  ctx: ServiceContext,
  reader: AnyReader,
  studyId: string,
): Promise<void> {
  const { studies } = ctx.store.t;
  const [study] = await reader
    .select({ status: studies.status })
    .from(studies)
    .where(eq(studies.id, studyId));
  if (!study) throw notFound("study");
  if (study.status === "closed") {
    throw new RequestError("STUDY_NOT_OPEN", "This study is closed. Reopen it before you invite people.");
  }
}

/** The accounts among the addresses, by address. */
export async function accountsOf(ctx: ServiceContext, reader: AnyReader, emails: readonly string[]) {
  const { user } = ctx.store.t;
  const found = new Map<string, { id: string; role: string }>();
  for (const part of chunk(emails)) {
    const rows = await reader
      .select({ id: user.id, email: user.email, role: user.role })
      .from(user)
      .where(inArray(user.email, part));
    for (const { email, ...account } of rows) found.set(email, account);
  }
  return found;
}

/** Matches the open invitations of some addresses to a study. */
export function openInvitationsOf(ctx: ServiceContext, studyId: string, emails: readonly string[]) {
  const { invitations } = ctx.store.t;
  return and(
    eq(invitations.studyId, studyId),
    inArray(invitations.email, [...emails]),
    isNull(invitations.acceptedAtMs),
    isNull(invitations.revokedAtMs),
    gt(invitations.expiresAtMs, ctx.now()),
  );
}

async function insertInvitations(ctx: ServiceContext, tx: Tx, actor: Actor, args: InvitePeopleArgs) {
  const { studyId, source, people, tokens } = args;
  const { invitations } = ctx.store.t;
  const now = ctx.now();
  const expiresAtMs = now + INVITATION_LIFE_MS;
  const made: { invitationId: string; email: string; expiresAtMs: number }[] = [];
  for (const part of chunk(people)) {
    const emails = part.map((p) => p.email);
    await tx
      .update(invitations)
      .set({ revokedAtMs: now })
      .where(openInvitationsOf(ctx, studyId, emails));
    const rows = part.map((person) => {
      const token = newInvitationToken();
      const id = ctx.newId("inv");
      tokens.set(id, token);
      made.push({ invitationId: id, email: person.email, expiresAtMs });
      return {
        id,
        tokenSha256: hashInvitationToken(token),
        email: person.email,
        name: person.name,
        pool: person.pool,
        locale: person.locale,
        note: person.note,
        role: "rater" as const,
        studyId,
        source,
        createdBy: actor.userId,
        createdAtMs: now,
        expiresAtMs,
      };
    });
    await tx.insert(invitations).values(rows);
  }
  return made;
}
