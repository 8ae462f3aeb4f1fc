import sharp from "sharp";
import type { RenderedImage } from "./port.ts";

/** Limits for anything that a service returns. */
export const MAX_IMAGE_BYTES = 24 * 1024 * 1024;
const MAX_PIXELS = 4096 * 4096;
/** The same as text: a third more, and some JSON around it. */
export const MAX_BASE64_REPLY_BYTES = MAX_IMAGE_BYTES * 1.4;

/** The bytes are no picture that we take; `message` quotes nothing of them. */
export class NotAnImageError extends Error {
  override readonly name = "NotAnImageError";
}

/**
 * Checks what a service returned without decoding it: format by its first bytes, whole by its last ones, size by its
 * header. Throws {@link NotAnImageError}.
 */
export async function verifyImage(bytes: Buffer): Promise<Omit<RenderedImage, "parameters">> {
  if (bytes.byteLength > MAX_IMAGE_BYTES) throw new NotAnImageError("the image has too many bytes");
  const mimeType = mimeTypeOf(bytes);
  if (mimeType === null) throw new NotAnImageError("the reply is not a PNG, JPEG or WebP image");
  if (!isWhole(bytes, mimeType)) throw new NotAnImageError("the image ends too early");
  // Reads the header only; the pixel limit is ours to check, because metadata has none.
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new NotAnImageError("the image's header is damaged");
    });
  if (width * height > MAX_PIXELS) throw new NotAnImageError("the image has too many pixels");
  return { bytes, mimeType, widthPx: width, heightPx: height };
}

/** Base64 as services send it, with or without a data URL's head. Throws {@link NotAnImageError}. */
export function decodeBase64(text: string): Buffer {
  const data = text.startsWith("data:") ? text.slice(text.indexOf(",") + 1) : text;
  // Node skips what is no base64; the first bytes tell whether anything sensible was there.
  const bytes = Buffer.from(data, "base64");
  if (bytes.byteLength === 0) throw new NotAnImageError("the reply has an empty image");
  return bytes;
}

function mimeTypeOf(bytes: Buffer): RenderedImage["mimeType"] | null {
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return "image/png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  const isWebp = bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP";
  return isWebp ? "image/webp" : null;
}

const PNG_SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const JPEG_END = Buffer.from("ffd9", "hex");

function isWhole(bytes: Buffer, mimeType: RenderedImage["mimeType"]): boolean {
  if (mimeType === "image/png") return bytes.includes("IEND", -4096);
  if (mimeType === "image/jpeg") return bytes.includes(JPEG_END, -4096);
  return bytes.byteLength >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.byteLength;
}
