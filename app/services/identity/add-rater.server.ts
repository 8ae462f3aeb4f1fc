import { eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

export interface AddRaterArgs {
  userId: string;
  source: Source;
  /** Also made a member of this study. */
  studyId: string | null;
  /** Replace what the rater has, unless "". */
  pool?: string;
  locale?: string;
}

/** Makes sure that a user has a rater identity and, if asked, belongs to the study. A blocked member stays blocked. */
export async function addRater(
  ctx: ServiceContext,
  tx: Tx,
  args: AddRaterArgs,
): Promise<{ raterId: string }> {
  const { raters, studyRaters } = ctx.store.t;
  const now = ctx.now();
  await tx
    .insert(raters)
    .values({ id: ctx.newId("rtr"), userId: args.userId, source: args.source, createdAtMs: now })
    .onConflictDoNothing();
  const [rater] = await tx.select({ id: raters.id }).from(raters).where(eq(raters.userId, args.userId));
  const raterId = (rater as { id: string }).id;
  if (args.pool || args.locale) {
    await tx
      .update(raters)
      .set({ ...(args.pool && { pool: args.pool }), ...(args.locale && { locale: args.locale }) })
      .where(eq(raters.id, raterId));
  }
  if (args.studyId !== null) {
    const added = await tx
      .insert(studyRaters)
      .values({ studyId: args.studyId, raterId, addedAtMs: now })
      .onConflictDoNothing()
      .returning({ raterId: studyRaters.raterId });
    if (added.length > 0) {
      await recordEvent(ctx, tx, { type: "rater.joined", studyId: args.studyId, raterId });
    }
  }
  return { raterId };
}
