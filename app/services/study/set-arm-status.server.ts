import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ArmStatus } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { loadArmMask } from "./load-arm-mask.ts";

/** The arm by its key, or by its letter for those who may not know keys. */
export type SetArmStatusArgs = { studyId: string; status: ArmStatus; submissionId: string } & (
  | { armKey: string }
  | { letter: string }
);

/**
 * Pauses an arm or opens it again, in every version of the study that has it: from now on no prompt is given to a paused
 * arm. Trajectories that have it already go on, and entries that were passed over meanwhile are not made up for.
 */
export async function setArmStatus(
  ctx: ServiceContext,
  actor: Actor,
  args: SetArmStatusArgs,
): Promise<{ status: ArmStatus }> {
  assertCapability(actor, "study.manage");
  const { studyId, status, submissionId } = args;
  const armKey =
    "armKey" in args
      ? args.armKey
      : (await loadArmMask(ctx, ctx.store.read, actor, studyId)).keyOf(args.letter);
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "set-arm-status",
    body: { studyId, armKey, status },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { arms } = ctx.store.t;
    const own = await tx
      .select({ id: arms.id, status: arms.status })
      .from(arms)
      .where(and(eq(arms.studyId, studyId), eq(arms.armKey, armKey)));
    if (own.length === 0) throw notFound("arm");
    if (own.every((arm) => arm.status === status)) return { status };
    await tx
      .update(arms)
      .set({ status })
      .where(and(eq(arms.studyId, studyId), eq(arms.armKey, armKey)));
    const action = status === "paused" ? "arm.paused" : "arm.opened";
    await recordEvent(ctx, tx, { type: action, studyId, data: { armKey } });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action,
      subjectType: "study",
      subjectId: studyId,
      data: { armKey },
    });
    return { status };
  });
}
