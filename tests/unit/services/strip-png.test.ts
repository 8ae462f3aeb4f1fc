import sharp from "sharp";
import { expect, test } from "vitest";
import { prepareImage } from "../../../app/services/generation/prepare-image.ts";
import { stripPng } from "../../../app/services/generation/strip-png.ts";
import { withText } from "../../support/providers/replies.ts";

const plain = await sharp({ create: { width: 64, height: 48, channels: 4, background: "#c0802080" } })
  .png()
  .toBuffer();
const withNote = withText(plain, "parameters", "a secret prompt, Seed: 12345");
const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
const rendered = (bytes: Buffer) => ({ bytes, mimeType: "image/png" as const, widthPx: 64, heightPx: 48 });

test("texts in a PNG are left out and its pixels stay", async () => {
  const stripped = stripPng(withNote) as Buffer;
  expect(stripped.includes("Seed")).toBe(false);
  expect(await pixels(stripped)).toEqual(await pixels(plain));
});

test("what follows the end of a PNG is left out too", () => {
  const longer = Buffer.concat([plain, Buffer.from("Seed: 12345")]);
  expect(stripPng(longer)?.includes("Seed")).toBe(false);
});

test("a PNG that is cut short, or is none, is not taken apart", () => {
  expect(stripPng(withNote.subarray(0, withNote.byteLength - 20))).toBeNull();
  expect(stripPng(Buffer.from("GIF89a"))).toBeNull();
});

test("a stored original has no text of its model, whichever way it is stripped", async () => {
  const turned = await sharp(plain)
    .withExif({ IFD0: { ImageDescription: "Seed" } })
    .png()
    .toBuffer();
  const profiled = withText(await sharp(plain).withIccProfile("p3").png().toBuffer(), "note", "Seed: 1");
  for (const bytes of [withNote, turned, profiled]) {
    const { original } = await prepareImage(rendered(bytes));
    expect(original.bytes.includes("Seed")).toBe(false);
    const meta = await sharp(original.bytes).metadata();
    expect([meta.width, meta.height, meta.icc, meta.exif, meta.comments]).toEqual([
      64,
      48,
      undefined,
      undefined,
      undefined,
    ]);
  }
});
