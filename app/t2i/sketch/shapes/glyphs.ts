import type { Random } from "../../../domain/random.ts";
import { circle, group, n, path, stroke } from "../svg.ts";

/** Hieroglyph-like signs of our own design, each drawn in a box of 20 by 24. */
const GLYPHS: readonly ((ink: string) => string)[] = [
  // eye
  (k) =>
    stroke("M1 10Q10 1 19 9Q10 17 1 10Z", k, 2) +
    circle(10, 9.5, 3, k) +
    stroke("M8 15L7 22M11 15Q13 23 18 19", k, 2) +
    stroke("M2 4Q10 -2 19 4", k, 2),
  // ankh
  (k) => stroke("M10 12C4 8 5 1 10 1S16 8 10 12ZM10 12V23M3 13.5H17", k, 2.6),
  // bird
  (k) =>
    path("M3 6Q4 1 8 2Q11 3 10 7Q17 9 18 20L13 17Q7 18 5 12Q4 9 5 7L1 7.5Z", k) +
    stroke("M9 17V23M12 17.5V23M7 23H14", k, 1.6),
  // water
  (k) =>
    stroke(
      "M1 7L4 3L7 7L10 3L13 7L16 3L19 7M1 14L4 10L7 14L10 10L13 14L16 10L19 14M1 21L4 17L7 21L10 17L13 21L16 17L19 21",
      k,
      1.9,
    ),
  // reed
  (k) => path("M9 23V10Q3 9 7 1Q13 3 11.5 11L11.5 23Z", k),
  // sun
  (k) => stroke("M10 4A8 8 0 1 1 9.9 4Z", k, 2.2) + circle(10, 12, 3, k),
  // seated figure
  (k) => circle(9, 4, 3.4, k) + path("M5 8Q11 7 13 12L18 14V16L12 15V18L18 19V23H4Z", k),
  // snake
  (k) => stroke("M2 19Q5 12 8 17T14 16Q18 12 14 8Q11 4 16 3", k, 2.4) + stroke("M1 23H18", k, 1.6),
  // scarab
  (k) =>
    path("M10 5Q17 7 16 15Q15 22 10 22Q5 22 4 15Q3 7 10 5Z", k) +
    stroke("M4 8L1 4M16 8L19 4M3 14H0M17 14H20M5 20L2 23M15 20L18 23", k, 1.7) +
    circle(10, 4, 2.6, k),
  // feather
  (k) => path("M8 23V13Q2 8 9 1Q17 3 13 9Q12 13 10.5 14V23Z", k),
  // basket and loaf
  (k) => path("M1 12H19Q18 21 10 21T1 12Z", k) + path("M5 9Q10 1 15 9Z", k),
  // lotus
  (k) =>
    path("M10 12Q6 9 3 2Q8 4 10 1Q12 4 17 2Q14 9 10 12Z", k) +
    stroke("M10 12V23M10 20Q5 20 4 16M10 20Q15 20 16 16", k, 1.8),
];

/** A framed row of signs, `height` high. */
export function glyphRow(
  rnd: Random,
  x: number,
  y: number,
  width: number,
  height: number,
  inks: readonly string[],
): string {
  const scale = height / 28;
  const step = 24 * scale;
  const count = Math.max(1, Math.floor(width / step));
  const pad = (width - count * step) / 2;
  let out = "";
  let last = -1;
  for (let i = 0; i < count; i++) {
    let pick = rnd.below(GLYPHS.length);
    if (pick === last) pick = (pick + 1) % GLYPHS.length;
    last = pick;
    const ink = inks[rnd.below(inks.length)] ?? "#6b4423";
    out += group(
      GLYPHS[pick]?.(ink) ?? "",
      `translate(${n(x + pad + i * step + 2 * scale)} ${n(y + 2 * scale)}) scale(${Math.round(scale * 1000) / 1000})`,
    );
  }
  return out;
}

/** A column of signs, `width` wide. */
export function glyphColumn(
  rnd: Random,
  x: number,
  y: number,
  width: number,
  height: number,
  inks: readonly string[],
): string {
  const step = width * 1.25;
  let out = "";
  for (let i = 0; i + 1 <= height / step; i++)
    out += glyphRow(rnd, x, y + i * step, width, width * 1.16, inks);
  return out;
}
