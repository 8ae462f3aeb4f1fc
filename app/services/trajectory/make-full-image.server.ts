import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import type { Actor } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";
import { findImage } from "./find-image.server.ts";

export interface FullImage {
  /** Changes when the bytes would. */
  tag: string;
  mimeType: string;
  read: () => Promise<Buffer>;
}

/**
 * Every pixel of an image for its rater, as WebP whatever the model made: the format of the original would tell models,
 * and so arms, apart. Made when it is asked for. Throws NOT_FOUND like {@link findImage}.
 */
export async function makeFullImage(
  ctx: ServiceContext,
  actor: Actor,
  args: { imageId: string },
): Promise<FullImage> {
  const image = await findImage(ctx, actor, { imageId: args.imageId, variant: "full" });
  return {
    tag: `${image.sha256.slice(0, 32)}-full`,
    mimeType: "image/webp",
    read: async () => {
      const original = await buffer(await ctx.objects.inStudy(image.studyId).read(image.sha256));
      return sharp(original).webp({ quality: 95, effort: 2 }).toBuffer();
    },
  };
}
