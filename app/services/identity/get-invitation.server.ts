import { eq } from "drizzle-orm";
import type { Role } from "../../domain/roles.ts";
import type { ServiceContext } from "../context.ts";
import { getOpenInvitation } from "./get-open-invitation.server.ts";

export interface InvitationView {
  email: string;
  /** As the coordinator wrote it; "" if unknown. */
  name: string;
  role: Role;
  /** Null for an invitation that belongs to no study. */
  studyName: string | null;
  /** The address has an account already: its owner signs in instead of choosing a password. */
  hasAccount: boolean;
}

/** What the page behind an invitation link says; whoever has the link may read it. */
export async function getInvitation(ctx: ServiceContext, args: { token: string }): Promise<InvitationView> {
  const invitation = await getOpenInvitation(ctx, ctx.store.read, args.token);
  const { studies } = ctx.store.t;
  const [study] =
    invitation.studyId === null
      ? []
      : await ctx.store.read
          .select({ name: studies.name })
          .from(studies)
          .where(eq(studies.id, invitation.studyId));
  const account = await ctx.accounts.findByEmail(invitation.email);
  return {
    email: invitation.email,
    name: invitation.name,
    role: invitation.role,
    studyName: study?.name ?? null,
    hasAccount: account !== null,
  };
}
