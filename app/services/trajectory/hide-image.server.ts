import { and, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { openSession, sessionEvent } from "./rater-step.ts";

/** A rater does not want to see one image of theirs, or wants to see it again; it stays so everywhere for this rater. */
export async function hideImage(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; imageId: string; hidden: boolean },
): Promise<{ hidden: boolean }> {
  const session = await openSession(ctx, actor, args.assignmentId);
  const { images, hiddenImages } = ctx.store.t;
  const [image] = await ctx.store.read
    .select({ turnId: images.turnId })
    .from(images)
    .where(and(eq(images.id, args.imageId), eq(images.trajectoryId, session.trajectory.id)));
  if (!image) throw notFound("image");
  const row = { raterId: session.assignment.raterId, imageId: args.imageId };
  await ctx.store.tx(async (tx) => {
    const changed = args.hidden
      ? await tx
          .insert(hiddenImages)
          .values({ ...row, hiddenAtMs: ctx.now() })
          .onConflictDoNothing()
          .returning({ imageId: hiddenImages.imageId })
      : await tx
          .delete(hiddenImages)
          .where(and(eq(hiddenImages.raterId, row.raterId), eq(hiddenImages.imageId, row.imageId)))
          .returning({ imageId: hiddenImages.imageId });
    if (changed.length === 0) return;
    await sessionEvent(ctx, tx, session, {
      type: args.hidden ? "image.hidden" : "image.unhidden",
      turnId: image.turnId,
      data: { imageId: args.imageId },
    });
  });
  return { hidden: args.hidden };
}
