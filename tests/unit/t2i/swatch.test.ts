import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createSwatchModel } from "../../../app/t2i/swatch/index.ts";

const model = createSwatchModel();
const signal = new AbortController().signal;

describe("the swatch model", () => {
  it("gives the same bytes for the same prompt and seed, others for another seed", async () => {
    const a = await model.render({ prompt: "a cat", seed: 1, sizePx: 512 }, signal);
    const b = await model.render({ prompt: "a cat", seed: 1, sizePx: 512 }, signal);
    const c = await model.render({ prompt: "a cat", seed: 2, sizePx: 512 }, signal);
    expect(a.bytes.equals(b.bytes)).toBe(true);
    expect(a.bytes.equals(c.bytes)).toBe(false);
  });

  it("makes a PNG of the requested size", async () => {
    const { bytes } = await model.render({ prompt: "", seed: 0, sizePx: 300 }, signal);
    expect(await sharp(bytes).metadata()).toMatchObject({
      format: "png",
      width: 300,
      height: 300,
      channels: 3,
    });
  });

  it("refuses to start after an abort", async () => {
    await expect(model.render({ prompt: "", seed: 0, sizePx: 64 }, AbortSignal.abort())).rejects.toThrow();
  });
});
