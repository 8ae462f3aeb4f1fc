import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { LinkStatus } from "../../domain/recruitment.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

/** Closes a link to new people, or opens it again. Whoever came by it before can still come back. */
export async function setRecruitmentLinkStatus(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; linkId: string; status: LinkStatus; submissionId: string },
): Promise<{ status: LinkStatus }> {
  assertCapability(actor, "rater.invite");
  const { studyId, linkId, status, submissionId } = args;
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "set-recruitment-link-status",
    body: { studyId, linkId, status },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { recruitmentLinks } = ctx.store.t;
    const changed = await tx
      .update(recruitmentLinks)
      .set({ status })
      .where(and(eq(recruitmentLinks.id, linkId), eq(recruitmentLinks.studyId, studyId)))
      .returning({ id: recruitmentLinks.id });
    if (changed.length === 0) throw notFound("link");
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: `recruitment_link.${status === "open" ? "opened" : "closed"}`,
      subjectType: "recruitment_link",
      subjectId: linkId,
      data: { studyId },
    });
    return { status };
  });
}
