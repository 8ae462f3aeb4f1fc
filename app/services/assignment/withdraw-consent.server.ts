import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { lockStudy } from "./find-place.ts";
import { moveAssignment } from "./move-assignment.ts";

export interface WithdrawConsentArgs {
  studyId: string;
  /** For staff who act on a rater's word; raters withdraw for themselves. */
  raterId?: string;
  submissionId: string;
}

/**
 * A rater takes their consent to a study back: every task of theirs in it is withdrawn, whatever its state, places are
 * free at once, and they are offered no more. Exports leave withdrawn work out; at the source it stays until erasure.
 * What was earned stays earned. Withdrawing again changes nothing. Errors: NOT_FOUND, FORBIDDEN.
 */
export async function withdrawConsent(
  ctx: ServiceContext,
  actor: Actor,
  args: WithdrawConsentArgs,
): Promise<{ withdrawn: number }> {
  assertCapability(actor, args.raterId === undefined ? "rate" : "rater.invite");
  const raterId = args.raterId ?? actor.raterId;
  if (!raterId) throw notFound("study");
  const { studyId, submissionId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "withdraw-consent",
    body: { studyId, raterId },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { studyRaters, consents, assignments } = ctx.store.t;
    const now = ctx.now();
    const member = and(eq(studyRaters.studyId, studyId), eq(studyRaters.raterId, raterId));
    const [known] = await tx
      .select({ withdrawnAtMs: studyRaters.withdrawnAtMs })
      .from(studyRaters)
      .where(member);
    if (!known) throw notFound("study");
    const ofRater = () =>
      tx
        .select()
        .from(assignments)
        .where(
          and(
            eq(assignments.raterId, raterId),
            eq(assignments.studyId, studyId),
            ne(assignments.status, "withdrawn"),
          ),
        )
        .orderBy(asc(assignments.id));
    // Assignments before the study, as everywhere; what was claimed until the study is locked is withdrawn too.
    await tx.forUpdate(ofRater());
    await lockStudy(ctx, tx, studyId);
    await tx
      .update(studyRaters)
      .set({ withdrawnAtMs: now })
      .where(and(member, isNull(studyRaters.withdrawnAtMs)));
    await tx
      .update(consents)
      .set({ withdrawnAtMs: now })
      .where(
        and(eq(consents.studyId, studyId), eq(consents.raterId, raterId), isNull(consents.withdrawnAtMs)),
      );
    let withdrawn = 0;
    for (const assignment of await ofRater()) {
      const moved = await moveAssignment(ctx, tx, assignment, {
        event: "withdraw",
        eventType: "assignment.withdrawn",
        data: { from: assignment.status },
      });
      if (moved) withdrawn += 1;
    }
    if (known.withdrawnAtMs === null) {
      await recordEvent(ctx, tx, { type: "consent.withdrawn", studyId, raterId, data: { withdrawn } });
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "consent.withdrawn",
        subjectType: "rater",
        subjectId: raterId,
        data: { studyId, withdrawn },
      });
    }
    return { withdrawn };
  });
}
