import { createSketchModel } from "../../app/t2i/sketch/index.ts";
import { median } from "./measure.ts";

const PROMPTS = [
  "an ancient Egyptian temple with hieroglyphs",
  "a white cat sleeping on a red sofa",
  "a lighthouse in a storm at night",
  "a fox in autumn woods at dawn, watercolour style",
  "a robot gardener watering sunflowers, in vivid saturated colours",
  "a cosy cabin in a snowy forest, oil painting",
  "three castles in a flower field, soft light, stained glass",
];
const COLUMNS = 4;
const IMAGES = 4;

/** Wall time of a whole slate (16 images, 512 px, PNG) with the concurrency that the model asks for. */
export async function benchSketch(): Promise<{ slates: number; medianMs: number; slowestMs: number }> {
  const model = createSketchModel();
  const render = (prompt: string, seed: number) =>
    model.render({ prompt, seed, sizePx: 512 }, AbortSignal.timeout(60_000));
  await render("warm up", 1);
  const times: number[] = [];
  for (const prompt of PROMPTS) {
    const seeds = Array.from({ length: COLUMNS * IMAGES }, (_, i) => i * 7919 + 1);
    const started = performance.now();
    await Promise.all(
      Array.from({ length: model.concurrency }, async () => {
        for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) await render(prompt, seed);
      }),
    );
    times.push(performance.now() - started);
  }
  return { slates: times.length, medianMs: median(times), slowestMs: Math.max(...times) };
}
