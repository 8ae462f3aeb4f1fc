import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { composeScene } from "../../../app/t2i/sketch/compose/index.ts";
import { createSketchModel, parsePrompt, SKETCH_VOCABULARY } from "../../../app/t2i/sketch/index.ts";
import { chroma, decode, difference, lightness, meanOf, renderPng } from "./pixels.ts";

const svgOf = (prompt: string, seed = 1) => composeScene(parsePrompt(prompt), seed, 7, 512).svg;

/** Rendering is work for all cores: allow for busy machines. */
vi.setConfig({ testTimeout: 30_000 });

describe("the sketch model", () => {
  it("gives the same bytes for the same prompt, seed and size", async () => {
    for (const prompt of ["a fox, watercolour", "a lighthouse in a storm at night", "xyzzy blorp"]) {
      expect((await renderPng(prompt, 5)).equals(await renderPng(prompt, 5))).toBe(true);
    }
  });

  it("does not depend on what was rendered before", async () => {
    const first = await renderPng("two cats on a sofa", 3);
    await renderPng("a city at night, oil painting", 4);
    expect(first.equals(await renderPng("two cats on a sofa", 3))).toBe(true);
  });

  it("makes square PNG files of the requested size without metadata", async () => {
    for (const sizePx of [256, 512, 1024]) {
      const meta = await sharp(await renderPng("a castle at dawn", 2, sizePx)).metadata();
      expect(meta).toMatchObject({ format: "png", width: sizePx, height: sizePx, channels: 3 });
      expect([meta.exif, meta.icc, meta.xmp, meta.iptc, meta.comments]).toEqual(Array(5).fill(undefined));
    }
  });

  it("never puts text of the prompt into the document", () => {
    const svg = svgOf(`a cat <script>alert("x")</script> & <image href='file:///etc/passwd'/> zzqqy ]]>`);
    expect(svg).not.toMatch(/script|alert|passwd|zzqqy|<text|<image/);
  });

  it("writes no undefined or NaN into any document of the vocabulary", () => {
    const things = ["a cat on a sofa", "two people in a boat", "an egyptian temple", "a dragon", ""];
    for (const phrase of Object.values(SKETCH_VOCABULARY).flat()) {
      for (const [i, thing] of things.entries())
        expect(svgOf(`${thing} ${phrase}`, i)).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it("renders any string", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), fc.nat(), async (text, seed) => {
        expect((await renderPng(text, seed, 64)).length).toBeGreaterThan(100);
      }),
      { numRuns: 8 },
    );
  });

  it("refuses to start after an abort", async () => {
    const model = createSketchModel();
    await expect(
      model.render({ prompt: "a cat", seed: 1, sizePx: 64 }, AbortSignal.abort()),
    ).rejects.toThrow();
  });
});

describe("what words do to the picture", () => {
  let plainFox: ReturnType<typeof decode> | undefined;

  const pair = async (a: string, b: string, seed: number) =>
    [await decode(await renderPng(a, seed)), await decode(await renderPng(b, seed))] as const;

  it("shows sixteen clearly different pictures for one prompt", async () => {
    for (const prompt of ["a white cat sleeping on a red sofa", "a lighthouse in a storm at night"]) {
      const slate = await Promise.all(
        Array.from({ length: 16 }, async (_, i) => decode(await renderPng(prompt, i * 977 + 1, 256), 32)),
      );
      let least = Number.POSITIVE_INFINITY;
      for (const [i, a] of slate.entries())
        for (const b of slate.slice(i + 1)) least = Math.min(least, difference(a, b));
      expect(least).toBeGreaterThan(5);
    }
  });

  it.each(["more colourful", "in vivid saturated colours", "highly saturated"])(
    "raises the chroma with %s",
    async (words) => {
      let plain = 0;
      let vivid = 0;
      for (const seed of [1, 2, 3]) {
        const [a, b] = await pair("a fishing boat at dawn", `a fishing boat at dawn, ${words}`, seed);
        plain += meanOf(a, chroma);
        vivid += meanOf(b, chroma);
      }
      expect(vivid).toBeGreaterThan(plain * 1.15);
    },
  );

  it("makes night darker than day", async () => {
    for (const seed of [1, 2, 3]) {
      const [day, night] = await pair("a cabin in a forest at midday", "a cabin in a forest at night", seed);
      expect(meanOf(night, lightness)).toBeLessThan(meanOf(day, lightness) * 0.7);
    }
  });

  it("paints a white cat lighter than a black cat where the cat is", async () => {
    for (const seed of [1, 2, 3]) {
      const area = [0.35, 0.5, 0.65, 0.75] as const;
      const [white, black] = await pair(
        "a white cat, centred composition, studio",
        "a black cat, centred composition, studio",
        seed,
      );
      expect(meanOf(white, lightness, area)).toBeGreaterThan(meanOf(black, lightness, area) + 60);
    }
  });

  it("takes all colour out of a black and white picture", async () => {
    expect(meanOf(await decode(await renderPng("a parrot, black and white", 1)), chroma)).toBeLessThan(4);
  });

  it.each(
    Object.entries(SKETCH_VOCABULARY).flatMap(([category, phrases]) =>
      phrases.map((p) => [category, p] as const),
    ),
  )("changes the picture by the %s words %s", async (_category, phrase) => {
    const shot = async (prompt: string) => decode(await renderPng(prompt, 11, 192), 48);
    plainFox ??= shot("a fox");
    expect(difference(await plainFox, await shot(`a fox, ${phrase}`))).toBeGreaterThan(3);
    const { unknown } = parsePrompt(phrase);
    expect(unknown).toEqual([]);
  });
});
