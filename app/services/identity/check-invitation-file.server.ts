import { and, eq, inArray } from "drizzle-orm";
import { chunk } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { accountsOf, assertInvitable, openInvitationsOf } from "./invite-people.ts";
import { type InvitationFile, readInvitationFile } from "./read-invitation-file.ts";

/** What inviting a row does: a link; a link instead of an open one; in at once, with an account; nothing but new details. */
export type RowEffect = "link" | "replaces" | "joins" | "member";

export interface CheckedInvitationFile extends InvitationFile {
  people: (InvitationFile["people"][number] & { effect: RowEffect })[];
  /** Rows with at least one problem. */
  badRows: number;
}

/** Reads a file of people to invite and holds it against the study; changes nothing. */
export function checkInvitationFile(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; text: string },
): Promise<CheckedInvitationFile> {
  assertCapability(actor, "rater.invite");
  return checkFileAgainstStudy(ctx, ctx.store.read, args);
}

/** The same within a transaction. Throws INVALID_INPUT beside `file`, NOT_FOUND or STUDY_NOT_OPEN. */
export async function checkFileAgainstStudy(
  ctx: ServiceContext,
  reader: AnyReader,
  { studyId, text }: { studyId: string; text: string },
): Promise<CheckedInvitationFile> {
  await assertInvitable(ctx, reader, studyId);
  const file = readInvitationFile(text);
  const emails = file.people.map((p) => p.email);
  const accounts = await accountsOf(ctx, reader, emails);
  const members = await membersOf(
    ctx,
    reader,
    studyId,
    [...accounts.values()].map((a) => a.id),
  );
  const invited = await invitedOf(ctx, reader, studyId, emails);
  const people: CheckedInvitationFile["people"] = [];
  const problems = [...file.problems];
  for (const person of file.people) {
    const { row, email } = person;
    const account = accounts.get(email);
    if (account && account.role !== "rater") {
      problems.push({
        row,
        column: file.emailColumn,
        problem: "A staff account: staff cannot rate",
        value: email,
      });
    } else if (account) people.push({ ...person, effect: members.has(account.id) ? "member" : "joins" });
    else people.push({ ...person, effect: invited.has(email) ? "replaces" : "link" });
  }
  problems.sort((a, b) => a.row - b.row);
  return { ...file, people, problems, badRows: new Set(problems.map((p) => p.row)).size };
}

async function membersOf(ctx: ServiceContext, reader: AnyReader, studyId: string, userIds: string[]) {
  const { raters, studyRaters } = ctx.store.t;
  const found = new Set<string | null>();
  for (const part of chunk(userIds)) {
    const rows = await reader
      .select({ userId: raters.userId })
      .from(studyRaters)
      .innerJoin(raters, eq(raters.id, studyRaters.raterId))
      .where(and(eq(studyRaters.studyId, studyId), inArray(raters.userId, part)));
    for (const { userId } of rows) found.add(userId);
  }
  return found;
}

async function invitedOf(ctx: ServiceContext, reader: AnyReader, studyId: string, emails: string[]) {
  const { invitations } = ctx.store.t;
  const found = new Set<string>();
  for (const part of chunk(emails)) {
    const rows = await reader
      .select({ email: invitations.email })
      .from(invitations)
      .where(openInvitationsOf(ctx, studyId, part));
    for (const { email } of rows) found.add(email);
  }
  return found;
}
