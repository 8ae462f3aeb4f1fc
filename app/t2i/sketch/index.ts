import { seedFrom } from "../../domain/random.ts";
import type { RenderRequest, T2iModel } from "../port.ts";
import { composeScene } from "./compose/index.ts";
import { parsePrompt } from "./parse/index.ts";
import { encodePng, rasterise } from "./raster.ts";
import { finish } from "./styles/index.ts";

export { parsePrompt } from "./parse/index.ts";
export { SKETCH_VOCABULARY, type SketchVocabularyCategory } from "./vocabulary.ts";

const MIN_SIZE_PX = 32;
const MAX_SIZE_PX = 1024;

/**
 * The deterministic scene renderer: prompt and seed give a vector scene, a raster and a PNG.
 * Same prompt, seed and size: the same bytes on the same build.
 */
export function createSketchModel(): T2iModel {
  return {
    id: "sketch",
    version: "1",
    label: "sketch renderer, not AI",
    concurrency: 2,
    async render({ prompt, seed, sizePx }: RenderRequest, signal: AbortSignal) {
      signal.throwIfAborted();
      const size = Math.min(MAX_SIZE_PX, Math.max(MIN_SIZE_PX, Math.round(sizePx) || 512));
      const scene = parsePrompt(prompt);
      const promptSeed = seedFrom(prompt);
      const composition = composeScene(scene, seed, promptSeed, size);
      const raw = await rasterise(composition.svg, size);
      signal.throwIfAborted();
      const pixels = await finish(raw, scene, composition, seedFrom(promptSeed, seed));
      return { bytes: await encodePng(pixels), mimeType: "image/png", widthPx: size, heightPx: size };
    },
  };
}
