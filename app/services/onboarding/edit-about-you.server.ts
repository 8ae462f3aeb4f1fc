import { eq } from "drizzle-orm";
import { askedQuestions, readAboutYou } from "../../domain/about-you.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { storeAboutYou } from "./store-about-you.ts";

/** The rater changes their answers about themselves, among the questions that they were asked. */
export async function editAboutYou(
  ctx: ServiceContext,
  actor: Actor,
  args: { submissionId: string; answers: Record<string, string> },
): Promise<{ saved: true }> {
  assertCapability(actor, "rate");
  const { raterId } = actor;
  if (!raterId) throw notFound("rater");
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "edit-about-you",
    body: { answers: args.answers },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { raterProfiles } = ctx.store.t;
    const [profile] = await tx.select().from(raterProfiles).where(eq(raterProfiles.raterId, raterId));
    const answers = readAboutYou(askedQuestions(profile?.answers ?? {}), (q) => args.answers[q] ?? "");
    await storeAboutYou(ctx, tx, { raterId, answers });
    return { saved: true as const };
  });
}
