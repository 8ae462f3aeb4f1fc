import { rgbOf } from "../colour.ts";
import type { Pixels } from "../raster.ts";
import type { Scene } from "../scene.ts";

/** Colour grading of a whole picture, done in one pass. */
interface Grade {
  saturation: number;
  contrast: number;
  gain: [number, number, number];
  lift: number;
  /** Toning between two colours by lightness. */
  duo: { dark: string; light: string; amount: number } | null;
  vignette: number;
}

type Change = Partial<{
  s: number;
  c: number;
  g: [number, number, number];
  l: number;
  d: [string, string, number];
  v: number;
}>;

const CHANGES: Record<string, Change> = {
  vivid: { s: 1.75, c: 1.08 },
  pastel: { s: 0.72, c: 0.72, l: 58 },
  mono: { s: 0, c: 1.12 },
  warm: { g: [1.12, 1, 0.8], s: 1.05 },
  cool: { g: [0.82, 0.98, 1.16] },
  muted: { s: 0.45, c: 0.94 },
  neon: { s: 1.5, c: 1.08, l: 8, d: ["#1a0540", "#6ff6ff", 0.25] },
  dark: { g: [0.6, 0.6, 0.66], v: 0.35 },
  bright: { g: [1.12, 1.12, 1.1], l: 24 },
  contrast: { c: 1.5, s: 1.1 },
  softcontrast: { c: 0.68 },
  earth: { s: 0.7, d: ["#33200f", "#ecd6ac", 0.5] },
  blue: { d: ["#0a1a4c", "#dcebff", 0.68] },
  gold: { d: ["#38200a", "#ffeaa2", 0.62] },
  purpleteal: { d: ["#3c1466", "#8ff0dc", 0.62] },
  green: { d: ["#0c2a18", "#e4f6cc", 0.62] },
  red: { d: ["#2c060c", "#ffd8c6", 0.6] },
  pink: { d: ["#4c1438", "#ffe4ee", 0.6] },
  "light:dramatic": { c: 1.26, v: 0.62 },
  "light:golden": { g: [1.12, 1.0, 0.76] },
  "light:candle": { g: [1.1, 0.95, 0.76], v: 0.62 },
  "light:moon": { g: [0.95, 0.98, 1.1] },
  "light:soft": { c: 0.86, l: 14, s: 0.92 },
  "light:gloomy": { s: 0.5, g: [0.8, 0.83, 0.88], v: 0.4 },
  "light:cheerful": { s: 1.3, g: [1.06, 1.04, 0.98], l: 8 },
  "light:mystery": { g: [0.84, 0.8, 1.12], v: 0.45 },
  "light:backlit": { c: 1.12, v: 0.2 },
  "style:vintage": { c: 0.84, l: 12, d: ["#2e1c0e", "#f6e6c4", 0.86], v: 0.5 },
  "style:cyberpunk": {
    c: 1.08,
    s: 1.2,
    l: 10,
    d: ["#150a3c", "#7af2ff", 0.28],
    g: [1.08, 0.92, 1.12],
    v: 0.35,
  },
  "style:cinematic": { c: 1.18, s: 0.92, d: ["#0c2a36", "#ffe2bc", 0.3], v: 0.4 },
  "style:photo": { c: 1.1, s: 0.94, v: 0.3 },
  "style:minimalist": { s: 0.82, l: 18, c: 0.92 },
  "style:oil": { s: 1.16, c: 1.08, g: [1.04, 1, 0.93] },
  "style:impressionist": { s: 1.22, l: 10 },
  "style:stained": { s: 1.75, c: 1.12 },
  "style:pointillism": { s: 1.4 },
  "style:comic": { s: 1.25, c: 1.12 },
  "style:lowpoly": { s: 1.12 },
  "style:mosaic": { s: 1.15 },
  "framing:vignette": { v: 0.85 },
};

/** Combines the words of a scene. Repeated kinds multiply. */
export function gradeOf(scene: Scene): Grade {
  const grade: Grade = { saturation: 1, contrast: 1, gain: [1, 1, 1], lift: 0, duo: null, vignette: 0 };
  const keys = [
    ...scene.tints,
    ...scene.lights.map((l) => `light:${l}`),
    ...scene.styles.map((s) => `style:${s}`),
    ...scene.framing.map((x) => `framing:${x}`),
  ];
  for (const key of keys) {
    const change = CHANGES[key];
    if (!change) continue;
    grade.saturation *= change.s ?? 1;
    grade.contrast *= change.c ?? 1;
    const g = change.g;
    if (g) grade.gain = [grade.gain[0] * g[0], grade.gain[1] * g[1], grade.gain[2] * g[2]];
    grade.lift += change.l ?? 0;
    if (change.d) grade.duo = { dark: change.d[0], light: change.d[1], amount: change.d[2] };
    grade.vignette = Math.max(grade.vignette, change.v ?? 0);
  }
  const tint = scene.looseColours[0];
  if (tint && !grade.duo && scene.subjects.length === 0)
    grade.duo = { dark: "#14121c", light: tint, amount: 0.45 };
  grade.saturation = Math.min(1.9, grade.saturation);
  grade.contrast = Math.min(1.6, Math.max(0.5, grade.contrast));
  return grade;
}

/** Applies a grade in place. */
export function applyGrade({ data, size }: Pixels, grade: Grade): void {
  const { saturation: s, contrast: c, gain, lift, duo, vignette } = grade;
  const neutral = s === 1 && c === 1 && lift === 0 && !duo && vignette === 0 && gain.every((x) => x === 1);
  if (neutral) return;
  const dark = rgbOf(duo?.dark ?? "#000000");
  const light = rgbOf(duo?.light ?? "#ffffff");
  const k = duo?.amount ?? 0;
  const half = size / 2;
  let p = 0;
  for (let y = 0; y < size; y++) {
    const vy = ((y - half) / half) ** 2;
    for (let x = 0; x < size; x++, p += 3) {
      let r = data[p]! * gain[0];
      let g = data[p + 1]! * gain[1];
      let b = data[p + 2]! * gain[2];
      let l = 0.299 * r + 0.587 * g + 0.114 * b;
      r = l + (r - l) * s;
      g = l + (g - l) * s;
      b = l + (b - l) * s;
      if (k > 0) {
        const t = l > 255 ? 1 : l / 255;
        r += (dark[0] + (light[0] - dark[0]) * t - r) * k;
        g += (dark[1] + (light[1] - dark[1]) * t - g) * k;
        b += (dark[2] + (light[2] - dark[2]) * t - b) * k;
      }
      r = (r - 122) * c + 122 + lift;
      g = (g - 122) * c + 122 + lift;
      b = (b - 122) * c + 122 + lift;
      if (vignette > 0) {
        const d = ((x - half) / half) ** 2 + vy;
        l = d > 0.25 ? 1 - vignette * Math.min(0.85, (d - 0.25) * 0.62) : 1;
        r *= l;
        g *= l;
        b *= l;
      }
      data[p] = r < 0 ? 0 : Math.min(r, 255);
      data[p + 1] = g < 0 ? 0 : Math.min(g, 255);
      data[p + 2] = b < 0 ? 0 : Math.min(b, 255);
    }
  }
}
