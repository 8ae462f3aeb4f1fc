import sharp from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { sha256Of } from "../../storage/hash.ts";
import type { RenderedImage } from "../../t2i/port.ts";
import { stripPng } from "./strip-png.ts";

/** Limits for anything that a T2I model returns. */
const MAX_BYTES = 24 * 1024 * 1024;
const MAX_PIXELS = 4096 * 4096;
/** Longest edge of what raters are shown. */
const DISPLAY_EDGE_PX = 768;
/** ThumbHash keeps a few waves of colour only; more pixels would change nothing. */
const PLACEHOLDER_EDGE_PX = 32;

export interface PreparedFile {
  bytes: Buffer;
  sha256: string;
  mimeType: string;
  widthPx: number;
  heightPx: number;
}

export class BadImageError extends Error {
  override readonly name = "BadImageError";
}

/** Looks at an image without decoding it: format by its magic bytes, byte and pixel limits. Throws {@link BadImageError}. */
export async function inspectImage(bytes: Buffer) {
  if (bytes.byteLength > MAX_BYTES) throw new BadImageError("the image has too many bytes");
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "truncated" });
  const meta = await image.metadata().catch((error: unknown) => {
    throw new BadImageError(`not an image: ${error instanceof Error ? error.message : error}`);
  });
  const { format, width, height } = meta;
  if (!width || !height || (format !== "png" && format !== "webp" && format !== "jpeg")) {
    throw new BadImageError(`an image of type ${format ?? "unknown"} is not accepted`);
  }
  const metadata = meta.exif ?? meta.xmp ?? meta.iptc ?? meta.icc ?? meta.tifftagPhotoshop ?? meta.comments;
  const isTurned = (meta.orientation ?? 1) > 1;
  return { image, format, width, height, hasMetadata: metadata !== undefined, isTurned };
}

/**
 * Checks what a model returned (format by its magic bytes, byte and pixel limits), strips all metadata, and makes the
 * WebP that raters see and its placeholder. The original's pixels stay as they are.
 */
export async function prepareImage(
  rendered: RenderedImage,
): Promise<{ original: PreparedFile; display: PreparedFile; placeholder: string }> {
  const { image, format, width, height, hasMetadata, isTurned } = await inspectImage(rendered.bytes);
  const stripped = format === "png" && !isTurned ? stripPng(rendered.bytes) : null;
  const same = { data: stripped ?? rendered.bytes, info: { width, height } };
  const write = { jpeg: { quality: 95 }, webp: { lossless: true }, png: {} }[format];
  // sharp drops metadata unless told to keep it; JPEG is written again at a quality that shows no loss.
  const [original, { data, info }] = await Promise.all([
    hasMetadata && stripped === null
      ? image.clone().rotate().toFormat(format, write).toBuffer({ resolveWithObject: true })
      : same,
    image
      .clone()
      .rotate()
      .resize(DISPLAY_EDGE_PX, DISPLAY_EDGE_PX, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 84, effort: 2 })
      .toBuffer({ resolveWithObject: true }),
  ]);
  return {
    original: await file(original.data, `image/${format}`, original.info.width, original.info.height),
    display: await file(data, "image/webp", info.width, info.height),
    placeholder: await placeholderOf(data),
  };
}

/** ThumbHash in base64, some 30 characters. Transparency is laid on grey first: all have the same form. */
async function placeholderOf(bytes: Buffer): Promise<string> {
  const { data, info } = await sharp(bytes)
    .resize(PLACEHOLDER_EDGE_PX, PLACEHOLDER_EDGE_PX, { fit: "inside", fastShrinkOnLoad: true })
    .flatten({ background: "#808080" })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
}

async function file(
  bytes: Buffer,
  mimeType: string,
  widthPx: number,
  heightPx: number,
): Promise<PreparedFile> {
  return { bytes, sha256: await sha256Of(bytes), mimeType, widthPx, heightPx };
}
