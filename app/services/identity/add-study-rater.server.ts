import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { StudyRaterStatus } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

export interface AddStudyRaterArgs {
  studyId: string;
  raterId: string;
  submissionId: string;
}

/**
 * Lets a rater who is known already rate in another study. A member stays what they are: blocked stays blocked.
 * Throws NOT_FOUND for a study or rater that does not exist.
 */
export async function addStudyRater(
  ctx: ServiceContext,
  actor: Actor,
  args: AddStudyRaterArgs,
): Promise<{ status: StudyRaterStatus }> {
  assertCapability(actor, "rater.invite");
  const { studyId, raterId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "add-study-rater",
    body: { studyId, raterId },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { studies, raters, studyRaters } = ctx.store.t;
    const [study] = await tx.select({ id: studies.id }).from(studies).where(eq(studies.id, studyId));
    if (!study) throw notFound("study");
    const [rater] = await tx
      .select({ id: raters.id, userId: raters.userId })
      .from(raters)
      .where(eq(raters.id, raterId));
    // Erased people have no account to rate with.
    if (!rater?.userId) throw notFound("rater");
    const added = await tx
      .insert(studyRaters)
      .values({ studyId, raterId, addedAtMs: ctx.now() })
      .onConflictDoNothing()
      .returning({ status: studyRaters.status });
    if (added[0]) {
      await recordEvent(ctx, tx, { type: "rater.joined", studyId, raterId });
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "rater.added",
        subjectType: "rater",
        subjectId: raterId,
        data: { studyId },
      });
      return added[0];
    }
    const [known] = await tx
      .select({ status: studyRaters.status })
      .from(studyRaters)
      .where(and(eq(studyRaters.studyId, studyId), eq(studyRaters.raterId, raterId)));
    if (!known) throw notFound("rater");
    return known;
  });
}
