import type { Composition } from "../compose/index.ts";
import { blurred, type Pixels } from "../raster.ts";
import type { Scene, Style } from "../scene.ts";
import {
  artdeco,
  blueprint,
  border,
  charcoal,
  comic,
  ink,
  lineart,
  papercut,
  pencil,
  popart,
  ukiyoe,
} from "./draw.ts";
import { applyGrade, gradeOf } from "./grade.ts";
import { impressionist, lowpoly, mosaic, oil, pixelArt, pointillism, stained, watercolour } from "./paint.ts";
import { noise } from "./textures.ts";

/** Styles that redraw the picture; the last one named wins. Others only grade. */
const IN_PLACE: Partial<Record<Style, (p: Pixels, seed: number) => void>> = {
  oil,
  impressionist,
  lowpoly,
  mosaic,
  pointillism,
  stained,
  pixel: pixelArt,
  pencil,
  charcoal,
  ink,
  lineart,
  blueprint,
  comic,
  popart,
  ukiyoe,
  artdeco,
};
const REMADE: Partial<Record<Style, (p: Pixels) => Promise<Pixels>>> = { watercolour, papercut };

/** Replaces what lies below the water line by a rippled mirror image. */
function mirror({ data, size }: Pixels, at: number): void {
  const line = Math.round(at * size);
  const row = size * 3;
  const ripple = noise(size, 12, 91);
  for (let y = line; y < size; y++) {
    const depth = (y - line) / (size - line);
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const wave = Math.round(
        ripple[(y * size + ((x / 7) | 0)) % ripple.length]! * (2 + depth * 9) * (size / 512),
      );
      const sy = Math.min(line - 1, Math.max(0, line - 1 - Math.round((y - line) * 1.5)));
      const sx = Math.min(size - 1, Math.max(0, x + wave));
      const p = sy * row + sx * 3;
      const k = 0.84 - depth * 0.22;
      data[i * 3] = data[p]! * k * 0.9;
      data[i * 3 + 1] = data[p + 1]! * k * 0.98;
      data[i * 3 + 2] = Math.min(255, data[p + 2]! * k * 1.06 + 6);
    }
  }
}

/** Glow of the bright parts, and softness when `keep` is low. */
async function bloom(p: Pixels, sigma: number, amount: number): Promise<void> {
  const soft = await blurred(p, (sigma * p.size) / 512);
  for (let i = 0; i < p.data.length; i++) {
    const v = p.data[i]!;
    const screen = 255 - ((255 - v) * (255 - soft[i]!)) / 255;
    p.data[i] = v + (screen * 0.55 + soft[i]! * 0.45 - v) * amount;
  }
}

/** Sharp in the middle, blurred towards the far and the near. */
async function depthOfField(p: Pixels): Promise<void> {
  const { size, data } = p;
  const soft = await blurred(p, (5 * size) / 512);
  for (let y = 0, q = 0; y < size; y++) {
    for (let x = 0; x < size; x++, q += 3) {
      const d = Math.hypot((x / size - 0.5) * 1.5, (y / size - 0.66) * 1.35);
      const k = Math.min(1, Math.max(0, (d - 0.3) * 3.2));
      if (k > 0) for (let c = 0; c < 3; c++) data[q + c] = data[q + c]! + (soft[q + c]! - data[q + c]!) * k;
    }
  }
}

function grain({ data, size }: Pixels, strength: number): void {
  const fine = noise(size, 1.4, 3);
  for (let i = 0, q = 0; i < size * size; i++, q += 3) {
    const g = fine[i]! * strength;
    for (let c = 0; c < 3; c++) data[q + c] = Math.min(255, Math.max(0, data[q + c]! + g));
  }
}

/** Turns the plain raster into the finished picture: mirror, light, palette, style, frame. */
export async function finish(
  raw: Pixels,
  scene: Scene,
  composition: Composition,
  seed: number,
): Promise<Pixels> {
  let pixels = raw;
  if (composition.mirrorAt !== null) mirror(pixels, composition.mirrorAt);
  if (scene.lights.includes("soft") || scene.lights.includes("glow"))
    await bloom(pixels, scene.lights.includes("soft") ? 7 : 10, scene.lights.includes("soft") ? 0.6 : 0.45);
  if (scene.styles.includes("photo")) await depthOfField(pixels);
  const style = scene.styles.findLast((s) => IN_PLACE[s] ?? REMADE[s]);
  const grade = gradeOf(scene);
  applyGrade(pixels, grade);
  if (style) {
    IN_PLACE[style]?.(pixels, seed);
    pixels = (await REMADE[style]?.(pixels)) ?? pixels;
  }
  if (scene.styles.includes("vintage")) {
    grain(pixels, 16);
    border(pixels, [[0, 15, "#f1e6cf"]]);
  } else if (scene.styles.includes("photo") || scene.styles.includes("cinematic")) grain(pixels, 5);
  if (scene.framing.includes("frame"))
    border(pixels, [
      [0, 9, "#3a2a22"],
      [9, 15, "#b98f4a"],
      [15, 19, "#3a2a22"],
      [19, 44, "#f6f2e8"],
      [44, 46, "#cfc8b8"],
    ]);
  return pixels;
}
