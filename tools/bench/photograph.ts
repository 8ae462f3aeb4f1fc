import { randomBytes } from "node:crypto";
import sharp from "sharp";

/** A square PNG with the bytes of a photograph: smooth shapes under fine noise. */
export async function makePhotograph(edgePx: number): Promise<Buffer> {
  const noise = Buffer.alloc(edgePx * edgePx * 3);
  const grain = randomBytes(noise.byteLength);
  for (let i = 0; i < noise.byteLength; i++) {
    const pixel = Math.floor(i / 3);
    const shade = 128 + 90 * Math.sin((pixel % edgePx) / 70) * Math.cos(pixel / edgePx / 50);
    noise[i] = Math.round(shade) + ((grain[i] ?? 0) & 7);
  }
  return sharp(noise, { raw: { width: edgePx, height: edgePx, channels: 3 } })
    .png()
    .toBuffer();
}
