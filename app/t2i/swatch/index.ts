import sharp from "sharp";
import { createRandom, seedFrom } from "../../domain/random.ts";
import type { RenderRequest, T2iModel } from "../port.ts";

const TILES = 4;

/**
 * A very cheap model for load tests: 4 by 4 colour tiles from the hash of prompt and seed.
 * Same prompt, seed and size: the same bytes.
 */
export function createSwatchModel(): T2iModel {
  return {
    id: "swatch",
    version: "1",
    label: "colour tiles, for load tests",
    concurrency: 4,
    async render({ prompt, seed, sizePx }: RenderRequest, signal: AbortSignal) {
      signal.throwIfAborted();
      const size = Math.min(1024, Math.max(32, Math.round(sizePx) || 512));
      const rnd = createRandom(seedFrom("swatch", prompt, seed));
      const palette = Uint8Array.from({ length: TILES * TILES * 3 }, () => 32 + rnd.below(208));
      const data = Buffer.allocUnsafe(size * size * 3);
      const row = size * 3;
      let previous = -1;
      for (let y = 0; y < size; y++) {
        const tile = Math.floor((y * TILES) / size);
        if (tile === previous) {
          data.copy(data, y * row, (y - 1) * row, y * row);
          continue;
        }
        previous = tile;
        for (let x = 0; x < size; x++) {
          const at = (tile * TILES + Math.floor((x * TILES) / size)) * 3;
          for (let c = 0; c < 3; c++) data[y * row + x * 3 + c] = palette[at + c] as number;
        }
      }
      const bytes = await sharp(data, { raw: { width: size, height: size, channels: 3 } })
        .png({ compressionLevel: 1, adaptiveFiltering: false })
        .toBuffer();
      return { bytes, mimeType: "image/png", widthPx: size, heightPx: size };
    },
  };
}
