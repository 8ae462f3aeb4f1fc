import { rgbOf } from "../colour.ts";
import { blurred, type Pixels } from "../raster.ts";
import { edgesOf, lumaOf } from "./paint.ts";
import { noise } from "./textures.ts";

const clamp = (v: number) => (v < 0 ? 0 : Math.min(v, 255));

function paint(
  pixels: Pixels,
  ink: string,
  paper: string,
  amount: (i: number, x: number, y: number) => number,
): void {
  const a = rgbOf(ink);
  const b = rgbOf(paper);
  const { data, size } = pixels;
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      let t = amount(i, x, y);
      t = t < 0 ? 0 : Math.min(t, 1);
      data[i * 3] = b[0] + (a[0] - b[0]) * t;
      data[i * 3 + 1] = b[1] + (a[1] - b[1]) * t;
      data[i * 3 + 2] = b[2] + (a[2] - b[2]) * t;
    }
  }
}

/** Graphite: outlines and hatching in the direction of the hand. */
export function pencil(p: Pixels): void {
  const l = lumaOf(p);
  const e = edgesOf(p);
  const grain = noise(p.size, 2, 31);
  const wobble = noise(p.size, 40, 32);
  const s = p.size / 512;
  paint(p, "#33343c", "#f6f3ea", (i, x, y) => {
    const dark = 1 - l[i]! / 255;
    const w = wobble[i]! * 7;
    const h1 = (((x + y) / s + w) % 5 < 2.2 ? 1 : 0.25) * Math.max(0, dark - 0.12);
    const h2 = ((x * 1.4 - y) / s + w + 4000) % 6 < 2 ? Math.max(0, dark - 0.48) : 0;
    return (e[i]! / 255) * 1.3 + h1 * 0.72 + h2 * 0.7 + grain[i]! * 0.1 * (dark + 0.15);
  });
}

export function charcoal(p: Pixels): void {
  const l = lumaOf(p);
  const e = edgesOf(p);
  const grain = noise(p.size, 1.6, 41);
  const smear = noise(p.size, 14, 42);
  paint(p, "#17161a", "#e6e0d4", (i) => {
    const dark = (1 - l[i]! / 255) ** 1.15;
    return (
      dark * (0.98 + smear[i]! * 0.3) + (e[i]! / 255) * 0.9 + (grain[i]! > 0.15 ? -0.14 : 0.12) * (0.3 + dark)
    );
  });
}

export function ink(p: Pixels): void {
  const l = lumaOf(p);
  const e = edgesOf(p);
  const wobble = noise(p.size, 22, 51);
  const s = p.size / 512;
  paint(p, "#14182a", "#f8f4e8", (i, x, y) => {
    const dark = 1 - l[i]! / 255;
    if (e[i]! > 70) return 0.96;
    if (dark > 0.84) return 0.94;
    const w = wobble[i]! * 4;
    const a = ((x + y) / s + w + 900) % 7 < (dark - 0.3) * 6;
    const b = ((x - y) / s + w + 9000) % 7 < (dark - 0.56) * 7;
    return a || b ? 0.9 : 0.02;
  });
}

export function lineart(p: Pixels): void {
  const e = edgesOf(p);
  paint(p, "#16161c", "#ffffff", (i) => (e[i]! - 34) / 90);
}

export function blueprint(p: Pixels): void {
  const e = edgesOf(p);
  const s = p.size / 512;
  paint(
    p,
    "#eef5ff",
    "#1f4f94",
    (i, x, y) => (e[i]! - 26) / 110 + ((x / s) % 32 < 1 || (y / s) % 32 < 1 ? 0.2 : 0),
  );
}

function posterise(data: Uint8Array, levels: number): void {
  const step = 255 / (levels - 1);
  const table = Uint8Array.from({ length: 256 }, (_, v) => Math.round(Math.round(v / step) * step));
  for (let i = 0; i < data.length; i++) data[i] = table[data[i]!]!;
}

function outline(
  p: Pixels,
  e: Uint8Array,
  threshold: number,
  color: readonly [number, number, number],
): void {
  const { data, size } = p;
  for (let i = size + 1; i < size * size - size - 1; i++) {
    if (e[i]! > threshold || e[i + 1]! > threshold + 30 || e[i + size]! > threshold + 30) {
      data[i * 3] = color[0];
      data[i * 3 + 1] = color[1];
      data[i * 3 + 2] = color[2];
    }
  }
}

const halftone = (x: number, y: number, cell: number) => {
  const u = (x + y) / cell;
  const v = (x - y) / cell;
  return (Math.cos(u * Math.PI * 2) + Math.cos(v * Math.PI * 2)) / 4 + 0.5;
};

export function comic(p: Pixels): void {
  const e = edgesOf(p);
  const l = lumaOf(p);
  const { data, size } = p;
  posterise(data, 6);
  const cell = (size / 512) * 9;
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const dark = 1 - l[i]! / 255;
      if (dark > 0.34 && halftone(x, y, cell) < (dark - 0.3) * 0.62)
        for (let c = 0; c < 3; c++) data[i * 3 + c] = data[i * 3 + c]! * 0.66;
    }
  }
  outline(p, e, 84, [18, 16, 22]);
}

const POP: readonly (readonly string[])[] = [
  ["#2a1a5e", "#e8308a", "#ffb52e", "#fff1a8"],
  ["#0f2f6b", "#e8432f", "#3fc6e8", "#fff36a"],
  ["#3a0f4a", "#1fb89a", "#ff6fae", "#ffe9c8"],
  ["#1a1a2e", "#ff5a36", "#8fd63a", "#f4f0ff"],
];

export function popart(p: Pixels, seed: number): void {
  const l = lumaOf(p);
  const e = edgesOf(p);
  const palette = (POP[seed % POP.length] as readonly string[]).map(rgbOf);
  const { data, size } = p;
  const cell = (size / 512) * 11;
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const v = (l[i]! / 256) * 3.7 + (halftone(x, y, cell) - 0.5) * 0.9;
      const c = palette[v < 0.9 ? 0 : v < 1.9 ? 1 : v < 2.9 ? 2 : 3]!;
      data[i * 3] = c[0];
      data[i * 3 + 1] = c[1];
      data[i * 3 + 2] = c[2];
    }
  }
  outline(p, e, 120, [20, 14, 34]);
}

/** Flat printed areas with key-block lines on fibrous paper. */
export function ukiyoe(p: Pixels): void {
  const e = edgesOf(p);
  const fibre = noise(p.size, 5, 61);
  const { data, size } = p;
  posterise(data, 7);
  for (let i = 0; i < size * size; i++) {
    const q = i * 3;
    const l = (data[q]! * 0.3 + data[q + 1]! * 0.59 + data[q + 2]! * 0.11) / 255;
    const f = 1 + fibre[i]! * 0.03;
    data[q] = clamp((data[q]! * 0.62 + (28 + 222 * l) * 0.38) * f);
    data[q + 1] = clamp((data[q + 1]! * 0.62 + (52 + 180 * l) * 0.38) * f);
    data[q + 2] = clamp((data[q + 2]! * 0.62 + (92 + 108 * l) * 0.38) * f);
  }
  outline(p, e, 78, [28, 34, 62]);
}

/** Layers of coloured paper: few flat tones, each with a shadow below its edge. */
export async function papercut(p: Pixels): Promise<Pixels> {
  const { size } = p;
  const data = new Uint8Array(await blurred(p, (size / 512) * 2.4));
  posterise(data, 7);
  const out: Pixels = { data, size };
  const l = lumaOf(out);
  const grain = noise(size, 1.8, 71);
  const d = Math.max(2, Math.round((size / 512) * 5));
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const j = y >= d && x >= d ? i - d * size - d : i;
      const k = y >= d * 2 && x >= d ? i - d * 2 * size - d : i;
      const step = l[i]! - l[j]!;
      const soft = l[i]! - l[k]!;
      const f = (step > 9 ? 0.72 : soft > 9 ? 0.87 : step < -9 ? 1.08 : 1) + grain[i]! * 0.025;
      for (let c = 0; c < 3; c++) data[i * 3 + c] = clamp(data[i * 3 + c]! * f);
    }
  }
  return out;
}

const DECO = ["#101a2c", "#1f4a55", "#8a2f2a", "#c89a3c", "#2f7a74", "#e9c97a", "#f6ecd2", "#d9713f"].map(
  rgbOf,
);

/** Poster inks, keylines and a gold border. */
export function artdeco(p: Pixels): void {
  const e = edgesOf(p);
  const { data, size } = p;
  const table = new Map<number, number>();
  for (let i = 0; i < size * size; i++) {
    const q = i * 3;
    const key = ((data[q]! >> 4) << 8) | ((data[q + 1]! >> 4) << 4) | (data[q + 2]! >> 4);
    let best = table.get(key);
    if (best === undefined) {
      let least = 1e9;
      best = 0;
      DECO.forEach((c, j) => {
        const dist =
          (c[0] - data[q]!) ** 2 * 0.6 + (c[1] - data[q + 1]!) ** 2 + (c[2] - data[q + 2]!) ** 2 * 0.5;
        if (dist < least) {
          least = dist;
          best = j;
        }
      });
      table.set(key, best as number);
    }
    const c = DECO[best as number]!;
    for (let k = 0; k < 3; k++) data[q + k] = data[q + k]! * 0.22 + c[k as 0 | 1 | 2] * 0.78;
  }
  outline(p, e, 130, [16, 22, 38]);
  border(p, [
    [0, 12, "#101a2c"],
    [12, 17, "#e0b85a"],
    [17, 22, "#101a2c"],
    [22, 24, "#e0b85a"],
  ]);
}

/** Concentric frames: from, to (pixels at 512), colour. */
export function border({ data, size }: Pixels, bands: readonly (readonly [number, number, string])[]): void {
  const s = size / 512;
  const rgb = bands.map(([a, b, c]) => [a * s, b * s, rgbOf(c)] as const);
  const limit = Math.max(...rgb.map(([, b]) => b));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const d = Math.min(x, y, size - 1 - x, size - 1 - y);
      if (d >= limit) {
        if (x < size / 2) x = Math.max(x, size - 1 - Math.ceil(limit));
        continue;
      }
      for (const [a, b, c] of rgb) {
        if (d >= a && d < b) {
          const p = (y * size + x) * 3;
          data[p] = c[0];
          data[p + 1] = c[1];
          data[p + 2] = c[2];
        }
      }
    }
  }
}
