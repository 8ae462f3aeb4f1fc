/**
 * `node tools/practice-images.ts`: makes the fixed pictures of the practice turn and of the instructions with the sketch
 * renderer. The results are committed; run it again only to change them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { createSketchModel } from "../app/t2i/sketch/index.ts";
import { projectRoot } from "../db/store.ts";

const out = join(projectRoot(), "public/practice");

type Picture = readonly [prompt: string, seed: number];

/** Columns of four; what is to be learnt from them stands in app/domain/practice.ts. */
const PRACTICE: readonly (readonly Picture[])[] = [
  [
    ["a lighthouse on a sunny day", 11],
    ["a lighthouse on a sunny day, watercolor painting", 12],
    ["a lighthouse under a clear blue sky by the sea", 13],
    ["a lighthouse on a green hill by the sea on a sunny day", 14],
  ],
  [
    ["a sailing boat on the sea at night", 21],
    ["a sailing boat in a storm", 22],
    ["a sailing boat in a harbour at night", 23],
    ["a sailing boat under the full moon", 24],
  ],
  [
    ["a lighthouse, pencil sketch", 31],
    ["a lighthouse in a storm at night with lightning", 32],
    ["a beach with a crab", 33],
    ["a castle in the fog, black and white", 34],
  ],
  [
    ["a lighthouse at sunset", 41],
    ["a lighthouse at sunset with clouds", 42],
    ["a lighthouse at dusk, warm colors", 43],
    ["a lighthouse at sunset, pixel art", 44],
  ],
];

/** The instructions' example: 2A is the best of sixteen for "A white cat sleeping on a red sofa". */
const EXAMPLE: readonly (readonly Picture[])[] = [
  [
    ["a black cat on a sofa", 51],
    ["a white cat in a garden", 52],
    ["a cat on a chair", 53],
    ["a grey cat in the rain", 54],
  ],
  [
    ["a white cat sleeping on a red sofa", 61],
    ["a dog, pencil sketch", 62],
    ["an empty room", 63],
    ["a cat, black and white", 64],
  ],
  [
    ["a red sofa in a living room", 71],
    ["a red sofa in a living room, watercolor painting", 72],
    ["a red sofa at night", 73],
    ["a blue sofa", 74],
  ],
  [
    ["a white dog on a sofa", 81],
    ["a white dog on a red sofa", 82],
    ["a white rabbit on a sofa", 83],
    ["a white dog in a garden", 84],
  ],
];

async function make(name: string, sizePx: number, columns: readonly (readonly Picture[])[]): Promise<void> {
  const model = createSketchModel();
  for (const [c, column] of columns.entries()) {
    for (const [r, [prompt, seed]] of column.entries()) {
      const { bytes } = await model.render({ prompt, seed, sizePx: 512 }, new AbortController().signal);
      const file = `${name}-${c + 1}${"ABCD".charAt(r)}.webp`;
      const webp = await sharp(bytes).resize(sizePx).webp({ quality: 72, effort: 6 }).toBuffer();
      writeFileSync(join(out, file), webp);
      process.stdout.write(`public/practice/${file} ${webp.byteLength} bytes\n`);
    }
  }
}

mkdirSync(out, { recursive: true });
await make("slate", 288, PRACTICE);
await make("example", 96, EXAMPLE);
