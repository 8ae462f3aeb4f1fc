import { eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import { hasCapability } from "../../domain/roles.ts";
import { touchLease } from "../assignment/touch-lease.ts";
import type { ServiceContext } from "../context.ts";

/** What is stored of an image. */
export interface StoredImage {
  studyId: string;
  sha256: string;
  byteSize: number;
  mimeType: string;
}

/**
 * An image that the actor may see: its rater sees the display size, and may have the pixels of the
 * original but not its file ("full"); staff who may replay see the original too.
 * Anything else is NOT_FOUND, so that ids cannot be probed. Looking at an image renews the lease like any other request.
 */
export async function findImage(
  ctx: ServiceContext,
  actor: Actor,
  args: { imageId: string; variant: "display" | "original" | "full" },
): Promise<StoredImage> {
  const { images, trajectories, objects } = ctx.store.t;
  const key = args.variant === "display" ? images.displaySha256 : images.sha256;
  const [row] = await ctx.store.read
    .select({
      raterId: trajectories.raterId,
      studyId: trajectories.studyId,
      assignmentId: trajectories.assignmentId,
      sha256: objects.sha256,
      byteSize: objects.byteSize,
      mimeType: objects.mimeType,
    })
    .from(images)
    .innerJoin(trajectories, eq(trajectories.id, images.trajectoryId))
    .innerJoin(objects, eq(objects.sha256, key))
    .where(eq(images.id, args.imageId));
  const isOwn = row !== undefined && actor.raterId === row.raterId && args.variant !== "original";
  if (!row || !(isOwn || hasCapability(actor.role, "trajectory.replay"))) throw notFound("image");
  if (isOwn) await touchLease(ctx, row.assignmentId);
  return { studyId: row.studyId, sha256: row.sha256, byteSize: row.byteSize, mimeType: row.mimeType };
}
