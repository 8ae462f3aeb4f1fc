import { and, count, eq, gt, isNull, type SQL } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { InvitationRow, Page } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "../dataset/keyset.ts";
import { invitationState } from "./invitation-token.ts";

export interface ListInvitationsArgs {
  studyId: string;
  /** Only those that can still be accepted. */
  openOnly?: boolean;
  cursor?: string | null;
  limit?: number;
}

/** The invitations of a study, latest first; never their links. */
export async function listInvitations(
  ctx: ServiceContext,
  actor: Actor,
  args: ListInvitationsArgs,
): Promise<Page<InvitationRow>> {
  assertCapability(actor, "rater.invite");
  const { invitations } = ctx.store.t;
  const now = ctx.now();
  const limit = pageSize(args.limit);
  const open: SQL | undefined = args.openOnly
    ? and(isNull(invitations.acceptedAtMs), isNull(invitations.revokedAtMs), gt(invitations.expiresAtMs, now))
    : undefined;
  const matching = and(eq(invitations.studyId, args.studyId), open);
  const [rows, total] = await Promise.all([
    ctx.store.read
      .select()
      .from(invitations)
      .where(and(matching, afterCursor(args.cursor, invitations.createdAtMs, invitations.id)))
      .orderBy(...newestFirst(invitations.createdAtMs, invitations.id))
      .limit(limit + 1),
    ctx.store.read.select({ n: count() }).from(invitations).where(matching),
  ]);
  const page = cutPage(rows, limit, (r) => ({ ms: r.createdAtMs, id: r.id }));
  return {
    nextCursor: page.nextCursor,
    total: total[0]?.n ?? 0,
    rows: page.rows.map((row) => ({
      invitationId: row.id,
      email: row.email,
      name: row.name,
      pool: row.pool,
      note: row.note,
      role: row.role,
      state: invitationState(row, now),
      createdAtMs: row.createdAtMs,
      expiresAtMs: row.expiresAtMs,
    })),
  };
}
