import sharp from "sharp";

/** What a simulated rater sees in an image; each about 0…1. */
export interface ImageFeatures {
  brightness: number;
  colourfulness: number;
  warmth: number;
  contrast: number;
}

const SIDE = 16;

/** Mean brightness, saturation, warmth and contrast of a thumbnail. Throws when the bytes are no image. */
export async function measureImage(bytes: Uint8Array): Promise<ImageFeatures> {
  const pixels = await sharp(bytes)
    .resize(SIDE, SIDE, { fit: "fill", kernel: "nearest" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer();
  const n = SIDE * SIDE;
  let light = 0;
  let lightSquared = 0;
  let saturation = 0;
  let warmth = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [(pixels[i] ?? 0) / 255, (pixels[i + 1] ?? 0) / 255, (pixels[i + 2] ?? 0) / 255];
    const max = Math.max(r, g, b);
    const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    light += luma;
    lightSquared += luma * luma;
    saturation += max === 0 ? 0 : (max - Math.min(r, g, b)) / max;
    warmth += (r - b + 1) / 2;
  }
  const brightness = light / n;
  return {
    brightness,
    colourfulness: saturation / n,
    warmth: warmth / n,
    contrast: Math.min(1, 2 * Math.sqrt(Math.max(0, lightSquared / n - brightness * brightness))),
  };
}
