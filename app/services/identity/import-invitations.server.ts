import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { checkFileAgainstStudy } from "./check-invitation-file.server.ts";
import { invitePeople } from "./invite-people.ts";
import type { InviteRatersResult } from "./invite-raters.server.ts";
import { fileProblem } from "./read-invitation-file.ts";
import { withLinks } from "./recent-links.ts";

export interface ImportInvitationsArgs {
  studyId: string;
  text: string;
  source: Source;
  /** Good rows in the report that the coordinator saw and agreed to; bad rows are left out. */
  agreedRows: number;
  submissionId: string;
}

/**
 * Invites the good rows of a file: all of them, or nobody. Throws INVALID_INPUT beside `file` when the number of good rows
 * is no longer the one agreed to, because the study changed after the report.
 */
export async function importInvitations(
  ctx: ServiceContext,
  actor: Actor,
  args: ImportInvitationsArgs,
): Promise<InviteRatersResult> {
  assertCapability(actor, "rater.invite");
  const { studyId, text, source, agreedRows, submissionId } = args;
  const tokens = new Map<string, string>();
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "import-invitations",
    body: { studyId, text, source, agreedRows },
  };
  const stored = await submitOnce(ctx, submission, async (tx) => {
    tokens.clear();
    const { people } = await checkFileAgainstStudy(ctx, tx, { studyId, text });
    if (people.length !== agreedRows || agreedRows === 0) {
      throw fileProblem(
        `Nobody was invited: ${people.length} rows can be invited now, not ${agreedRows}. Read the new report.`,
      );
    }
    return invitePeople(ctx, tx, actor, { studyId, source, people, tokens });
  });
  return {
    alreadyMembers: stored.alreadyMembers,
    invitations: withLinks(ctx, `${actor.userId}/${submissionId}`, tokens, stored.invitations),
  };
}
