import { and, eq, isNull } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

export const UNLOCK_REASON_MIN_CHARS = 10;
export const UNLOCK_REASON_MAX_CHARS = 500;

/**
 * Tells everybody who manages the study which arm is which, from now on and for good: what was seen cannot be unseen.
 * Who, when and why stand in the audit log. Throws INVALID_INPUT without a reason, ILLEGAL_TRANSITION when it is done
 * already or nothing was published, and NOT_FOUND.
 */
export async function unlockAnalysis(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; reason: string; submissionId: string },
): Promise<{ unlockedAtMs: number }> {
  assertCapability(actor, "study.manage");
  const { studyId } = args;
  const reason = args.reason.trim();
  const problem =
    reason.length < UNLOCK_REASON_MIN_CHARS
      ? `Say why, in at least ${UNLOCK_REASON_MIN_CHARS} characters: it stays in the audit log.`
      : reason.length > UNLOCK_REASON_MAX_CHARS
        ? `Use at most ${UNLOCK_REASON_MAX_CHARS} characters.`
        : null;
  if (problem) throw new RequestError("INVALID_INPUT", problem, { reason: problem });
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "unlock-analysis",
    body: { studyId, reason },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { studies } = ctx.store.t;
    const unlockedAtMs = ctx.now();
    const unlocked = await tx
      .update(studies)
      .set({ analysisUnlockedAtMs: unlockedAtMs, analysisUnlockedBy: actor.userId })
      .where(and(eq(studies.id, studyId), isNull(studies.analysisUnlockedAtMs)))
      .returning({ version: studies.currentVersion });
    if (unlocked.length === 0) {
      const [study] = await tx.select({ id: studies.id }).from(studies).where(eq(studies.id, studyId));
      if (!study) throw notFound("study");
      throw new RequestError("ILLEGAL_TRANSITION", "The analysis of this study is unlocked already.");
    }
    if (unlocked[0]?.version === 0) {
      throw new RequestError("ILLEGAL_TRANSITION", "A study that was never published has nothing to unlock.");
    }
    await recordEvent(ctx, tx, { type: "analysis.unlocked", studyId });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "analysis.unlocked",
      subjectType: "study",
      subjectId: studyId,
      data: { reason },
    });
    return { unlockedAtMs };
  });
}
