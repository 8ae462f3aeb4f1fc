import { eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import type { AboutYouView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";

/** The page with the optional questions; answers from an earlier study are shown, nothing else is preselected. */
export async function getAboutYou(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<AboutYouView> {
  const { header, settings, assignment } = await openSession(ctx, actor, args.assignmentId);
  const { raterProfiles } = ctx.store.t;
  const [profile] = await ctx.store.read
    .select()
    .from(raterProfiles)
    .where(eq(raterProfiles.raterId, assignment.raterId));
  return { ...header, questions: settings.aboutYouQuestions, answers: profile?.answers ?? {} };
}
