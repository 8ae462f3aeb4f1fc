import sharp from "sharp";
import { createSketchModel } from "../../../app/t2i/sketch/index.ts";

const model = createSketchModel();

/** Renders a prompt with the sketch model. */
export async function renderPng(prompt: string, seed = 1, sizePx = 512): Promise<Buffer> {
  return (await model.render({ prompt, seed, sizePx }, new AbortController().signal)).bytes;
}

export interface Raster {
  data: Uint8Array;
  size: number;
}

/** Decoded RGB pixels, reduced to `to` pixels for comparisons. */
export async function decode(png: Buffer, to = 64): Promise<Raster> {
  const data = await sharp(png).resize(to, to, { kernel: "cubic" }).removeAlpha().raw().toBuffer();
  return { data, size: to };
}

/** Mean over a part of the picture (fractions of the edge) of what `of` says about a pixel. */
export function meanOf(
  { data, size }: Raster,
  of: (r: number, g: number, b: number) => number,
  [x0, y0, x1, y1]: readonly [number, number, number, number] = [0, 0, 1, 1],
): number {
  let sum = 0;
  let n = 0;
  for (let y = Math.floor(y0 * size); y < y1 * size; y++) {
    for (let x = Math.floor(x0 * size); x < x1 * size; x++) {
      const p = (y * size + x) * 3;
      sum += of(data[p] ?? 0, data[p + 1] ?? 0, data[p + 2] ?? 0);
      n++;
    }
  }
  return sum / n;
}

export const lightness = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b;
export const chroma = (r: number, g: number, b: number) => Math.max(r, g, b) - Math.min(r, g, b);

/** Mean absolute difference of two rasters, 0 to 255. */
export function difference(a: Raster, b: Raster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
  return sum / a.data.length;
}
