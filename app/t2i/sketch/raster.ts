import sharp from "sharp";

/** Pixels of one picture: RGB, 8 bits, row by row. */
export interface Pixels {
  data: Uint8Array;
  size: number;
}

/** Rasterises a document of ours. */
export async function rasterise(svg: string, size: number): Promise<Pixels> {
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: "#ffffff" })
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.width !== size || info.height !== size || info.channels !== 3)
    throw new Error("sketch: unexpected raster size");
  return { data, size };
}

/** Encodes without any metadata. */
export async function encodePng(pixels: Pixels): Promise<Buffer> {
  return sharp(pixels.data, { raw: { width: pixels.size, height: pixels.size, channels: 3 } })
    .png({ compressionLevel: 6, adaptiveFiltering: false })
    .toBuffer();
}

/** A blurred copy. */
export async function blurred(pixels: Pixels, sigma: number): Promise<Uint8Array> {
  return sharp(pixels.data, { raw: { width: pixels.size, height: pixels.size, channels: 3 } })
    .blur(sigma)
    .raw()
    .toBuffer();
}
