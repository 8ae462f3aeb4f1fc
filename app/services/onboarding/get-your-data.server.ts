import { and, desc, eq, ne } from "drizzle-orm";
import { askedQuestions } from "../../domain/about-you.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { YourDataView } from "../../domain/rater-views.ts";
import { isPanelAddress } from "../../domain/recruitment.ts";
import type { ServiceContext } from "../context.ts";

/** A rater's own page: what they agreed to and when, their answers about themselves, and how they sign in. */
export async function getYourData(ctx: ServiceContext, actor: Actor): Promise<YourDataView> {
  assertCapability(actor, "rate");
  const { consents, raterProfiles, studyRaters, studies, externalIds } = ctx.store.t;
  const raterId = actor.raterId ?? "";
  const [memberships, given, profiles, ids] = await Promise.all([
    ctx.store.read
      .select({
        studyId: studies.id,
        studyName: studies.name,
        joinedAtMs: studyRaters.addedAtMs,
        withdrawnAtMs: studyRaters.withdrawnAtMs,
      })
      .from(studyRaters)
      .innerJoin(studies, eq(studies.id, studyRaters.studyId))
      .where(and(eq(studyRaters.raterId, raterId), ne(studies.status, "draft")))
      .orderBy(desc(studyRaters.addedAtMs), desc(studies.id)),
    ctx.store.read
      .select()
      .from(consents)
      .where(eq(consents.raterId, raterId))
      .orderBy(desc(consents.givenAtMs)),
    ctx.store.read.select().from(raterProfiles).where(eq(raterProfiles.raterId, raterId)),
    ctx.store.read
      .select({ kind: externalIds.kind, externalId: externalIds.externalId })
      .from(externalIds)
      .where(eq(externalIds.userId, actor.userId)),
  ]);
  const answers = profiles[0]?.answers ?? {};
  return {
    studies: memberships.map((study) => ({
      ...study,
      consents: given
        .filter((consent) => consent.studyId === study.studyId)
        .map(({ consentVersion, scopes, givenAtMs, withdrawnAtMs }) => ({
          version: consentVersion,
          scopes,
          givenAtMs,
          withdrawnAtMs,
        })),
    })),
    questions: askedQuestions(answers),
    answers,
    signIn: {
      email: isPanelAddress(actor.email) ? null : actor.email,
      externalIds: ids,
      canMakeLink: actor.role === "rater",
    },
  };
}
