import { eq } from "drizzle-orm";
import { z } from "zod";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { LINK_KINDS } from "../../domain/recruitment.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

export interface CreateRecruitmentLinkArgs {
  studyId: string;
  kind: string;
  /** Group of the raters who come by it; "" = none. */
  pool: string;
  /** Most people; "" = no limit. */
  maxRaters: string;
  /** A known id is let in again without its earlier session. */
  trustsIds: boolean;
  submissionId: string;
}

const schema = z.object({
  kind: z.enum(LINK_KINDS, "Choose where the people come from."),
  pool: z.string().trim().max(80, "Use at most 80 characters."),
  maxRaters: z
    .string()
    .trim()
    .regex(/^$|^[1-9]\d{0,5}$/, "Use a whole number from 1 to 999,999, or leave it blank.")
    .transform((text) => (text === "" ? null : Number(text))),
  trustsIds: z.boolean(),
});

/**
 * Makes an address by which people of a panel join a study. Errors: INVALID_INPUT per field, NOT_FOUND.
 */
export async function createRecruitmentLink(
  ctx: ServiceContext,
  actor: Actor,
  args: CreateRecruitmentLinkArgs,
): Promise<{ linkId: string; slug: string }> {
  assertCapability(actor, "rater.invite");
  const { studyId, submissionId } = args;
  const parsed = schema.safeParse(args);
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map((i) => [i.path.join("."), i.message]));
    throw new RequestError("INVALID_INPUT", Object.values(fields)[0] ?? "Check the fields.", fields);
  }
  const values = parsed.data;
  const submission = {
    actorId: actor.userId,
    submissionId,
    useCase: "create-recruitment-link",
    body: { studyId, ...values },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { studies, recruitmentLinks } = ctx.store.t;
    const [study] = await tx.select({ id: studies.id }).from(studies).where(eq(studies.id, studyId));
    if (!study) throw notFound("study");
    const linkId = ctx.newId("lnk");
    const slug = ctx.newId("s").slice(2, 18);
    await tx.insert(recruitmentLinks).values({
      id: linkId,
      slug,
      studyId,
      ...values,
      createdBy: actor.userId,
      createdAtMs: ctx.now(),
    });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "recruitment_link.created",
      subjectType: "recruitment_link",
      subjectId: linkId,
      data: { studyId, ...values },
    });
    return { linkId, slug };
  });
}
