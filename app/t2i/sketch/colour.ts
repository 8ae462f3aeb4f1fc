/** Small colour arithmetic on "#rrggbb" strings. */

export type Rgb = readonly [number, number, number];

const clamp255 = (v: number) => (v < 0 ? 0 : v > 255 ? 255 : Math.round(v));

/** Reads "#rgb" or "#rrggbb"; anything else is mid grey. */
export function rgbOf(hex: string): Rgb {
  const body = hex.startsWith("#") ? hex.slice(1) : "";
  const full = body.length === 3 ? [...body].map((c) => c + c).join("") : body;
  const n = Number.parseInt(full.slice(0, 6), 16);
  if (full.length < 6 || Number.isNaN(n)) return [128, 128, 128];
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

/** Writes "#rrggbb". */
export function hexOf([r, g, b]: Rgb): string {
  return `#${((1 << 24) | (clamp255(r) << 16) | (clamp255(g) << 8) | clamp255(b)).toString(16).slice(1)}`;
}

/** Linear mix; t = 0 gives a, t = 1 gives b. */
export function mix(a: string, b: string, t: number): string {
  const x = rgbOf(a);
  const y = rgbOf(b);
  return hexOf([x[0] + (y[0] - x[0]) * t, x[1] + (y[1] - x[1]) * t, x[2] + (y[2] - x[2]) * t]);
}

/** Multiplies two colours channel by channel (light times surface). */
export function multiply(a: string, b: string): string {
  const x = rgbOf(a);
  const y = rgbOf(b);
  return hexOf([(x[0] * y[0]) / 255, (x[1] * y[1]) / 255, (x[2] * y[2]) / 255]);
}

/** Perceived lightness, 0 to 1. */
export function luma(hex: string): number {
  const [r, g, b] = rgbOf(hex);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

/** Hue in degrees, saturation and lightness from 0 to 1. */
export function hslOf(hex: string): [number, number, number] {
  const [r, g, b] = rgbOf(hex).map((v) => v / 255) as [number, number, number];
  const hi = Math.max(r, g, b);
  const lo = Math.min(r, g, b);
  const l = (hi + lo) / 2;
  const d = hi - lo;
  if (d === 0) return [0, 0, l];
  const s = d / (1 - Math.abs(2 * l - 1));
  const h = hi === r ? ((g - b) / d) % 6 : hi === g ? (b - r) / d + 2 : (r - g) / d + 4;
  return [(h * 60 + 360) % 360, Math.min(1, s), l];
}

/** The inverse of hslOf. */
export function fromHsl(h: number, s: number, l: number): string {
  const sat = Math.min(1, Math.max(0, s));
  const light = Math.min(1, Math.max(0, l));
  const f = (n: number) => {
    const k = (n + (((h % 360) + 360) % 360) / 30) % 12;
    return 255 * (light - sat * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return hexOf([f(0), f(8), f(4)]);
}

/** Shifts hue (degrees), saturation and lightness (additive, 0 to 1). */
export function shift(hex: string, dh: number, ds = 0, dl = 0): string {
  const [h, s, l] = hslOf(hex);
  return fromHsl(h + dh, s + ds, l + dl);
}

export const lighten = (hex: string, t: number) => mix(hex, "#ffffff", t);
export const darken = (hex: string, t: number) => mix(hex, "#0a0c18", t);
