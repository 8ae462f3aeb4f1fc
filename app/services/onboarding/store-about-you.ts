import { eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { AboutYouAnswers } from "../../domain/about-you.ts";
import type { ServiceContext } from "../context.ts";

/** Writes answers about a rater over the earlier ones; answers to other questions stay. */
export async function storeAboutYou(
  ctx: ServiceContext,
  tx: Tx,
  args: { raterId: string; answers: AboutYouAnswers },
): Promise<void> {
  const { raterProfiles } = ctx.store.t;
  const ofRater = eq(raterProfiles.raterId, args.raterId);
  const now = ctx.now();
  await tx
    .insert(raterProfiles)
    .values({ raterId: args.raterId, answers: {}, updatedAtMs: now })
    .onConflictDoNothing();
  const [profile] = await tx.forUpdate(tx.select().from(raterProfiles).where(ofRater));
  const answers = { ...profile?.answers, ...args.answers };
  await tx.update(raterProfiles).set({ answers, updatedAtMs: now }).where(ofRater);
}
