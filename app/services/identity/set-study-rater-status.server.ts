import { and, eq, ne } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { StudyRaterStatus } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

export interface SetStudyRaterStatusArgs {
  studyId: string;
  raterId: string;
  status: StudyRaterStatus;
  submissionId: string;
}

/** Blocks a member from starting new work in a study, or lets them in again. Work under way is not taken away. */
export async function setStudyRaterStatus(
  ctx: ServiceContext,
  actor: Actor,
  args: SetStudyRaterStatusArgs,
): Promise<{ status: StudyRaterStatus }> {
  assertCapability(actor, "rater.invite");
  const { studyId, raterId, status } = args;
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "set-study-rater-status",
    body: { studyId, raterId, status },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { studyRaters } = ctx.store.t;
    const member = and(eq(studyRaters.studyId, studyId), eq(studyRaters.raterId, raterId));
    const changed = await tx
      .update(studyRaters)
      .set({ status })
      .where(and(member, ne(studyRaters.status, status)))
      .returning({ raterId: studyRaters.raterId });
    if (changed.length > 0) {
      const action = status === "blocked" ? "rater.blocked" : "rater.unblocked";
      await recordEvent(ctx, tx, { type: action, studyId, raterId });
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action,
        subjectType: "rater",
        subjectId: raterId,
        data: { studyId },
      });
      return { status };
    }
    const [known] = await tx.select({ status: studyRaters.status }).from(studyRaters).where(member);
    if (!known) throw notFound("member of this study");
    return { status };
  });
}
