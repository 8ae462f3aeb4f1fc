import { blurred, type Pixels } from "../raster.ts";
import { baked, cells, dots, noise, type Regions, strokes, triangles } from "./textures.ts";

const clamp = (v: number) => (v < 0 ? 0 : Math.min(v, 255));

/** Lightness of each pixel. */
export function lumaOf({ data, size }: Pixels): Uint8Array {
  const out = new Uint8Array(size * size);
  for (let i = 0, p = 0; i < out.length; i++, p += 3)
    out[i] = (77 * data[p]! + 150 * data[p + 1]! + 29 * data[p + 2]!) >> 8;
  return out;
}

/** Edge strength of each pixel, 0 to 255, from all three channels. */
export function edgesOf({ data, size }: Pixels): Uint8Array {
  const out = new Uint8Array(size * size);
  const row = size * 3;
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const p = y * row + x * 3;
      let e = 0;
      for (let c = 0; c < 3; c++) {
        const dx = data[p + 3 + c]! - data[p - 3 + c]!;
        const dy = data[p + row + c]! - data[p - row + c]!;
        e += (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
      }
      out[y * size + x] = Math.min(e, 255);
    }
  }
  return out;
}

function average(
  pixels: Pixels,
  map: Regions,
  joint: readonly [number, number, number],
  paper: number | null,
): void {
  const { data } = pixels;
  const sum = new Float64Array(map.count * 3);
  const many = new Uint32Array(map.count);
  for (let i = 0, p = 0; i < map.id.length; i++, p += 3) {
    const id = map.id[i]!;
    sum[id * 3] = sum[id * 3]! + data[p]!;
    sum[id * 3 + 1] = sum[id * 3 + 1]! + data[p + 1]!;
    sum[id * 3 + 2] = sum[id * 3 + 2]! + data[p + 2]!;
    many[id] = many[id]! + 1;
  }
  for (let i = 0, p = 0; i < map.id.length; i++, p += 3) {
    const id = map.id[i]!;
    if (map.joint?.[i] === 1) {
      data[p] = joint[0];
      data[p + 1] = joint[1];
      data[p + 2] = joint[2];
    } else if (paper !== null && id === 0) {
      data[p] = paper;
      data[p + 1] = paper - 6;
      data[p + 2] = paper - 18;
    } else {
      const n = many[id] || 1;
      const r = map.relief[i]!;
      data[p] = clamp(sum[id * 3]! / n + r);
      data[p + 1] = clamp(sum[id * 3 + 1]! / n + r);
      data[p + 2] = clamp(sum[id * 3 + 2]! / n + r * 0.9);
    }
  }
}

const INK = [24, 22, 30] as const;

export function oil(p: Pixels): void {
  average(p, strokes(p.size, 21, 6, 11), INK, null);
}

export function impressionist(p: Pixels): void {
  average(p, strokes(p.size, 12, 5.5, 23), INK, null);
}

export function lowpoly(p: Pixels): void {
  average(p, triangles(p.size, 34), INK, null);
}

export function mosaic(p: Pixels): void {
  average(p, cells(p.size, 46, 1.7, 0.25), [214, 206, 190], null);
}

export function pointillism(p: Pixels): void {
  const light = meanLight(p);
  // Between the dots of a dark picture, white paper would look like snow.
  average(p, dots(p.size, 4.6), INK, light < 110 ? Math.round(light * 0.7) : 240);
}

/** Mean of all channels, 0–255, from every 31st value. */
function meanLight({ data }: Pixels): number {
  let sum = 0;
  let n = 0;
  for (let i = 0; i < data.length; i += 31) {
    sum += data[i]!;
    n++;
  }
  return n === 0 ? 0 : sum / n;
}

export function stained(p: Pixels): void {
  const edges = edgesOf(p);
  average(p, cells(p.size, 25, 3.4, 0.86), INK, null);
  const { data, size } = p;
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const i = y * size + x;
      if (edges[i]! > 150) {
        data[i * 3] = 26;
        data[i * 3 + 1] = 24;
        data[i * 3 + 2] = 30;
      }
    }
  }
}

/** Blocks of one colour with few levels. */
export function pixelArt({ data, size }: Pixels): void {
  const block = Math.max(2, Math.round(size / 72));
  for (let by = 0; by < size; by += block) {
    for (let bx = 0; bx < size; bx += block) {
      let r = 0;
      let g = 0;
      let b = 0;
      let n = 0;
      for (let y = by; y < Math.min(size, by + block); y += 2) {
        for (let x = bx; x < Math.min(size, bx + block); x += 2) {
          const p = (y * size + x) * 3;
          r += data[p]!;
          g += data[p + 1]!;
          b += data[p + 2]!;
          n++;
        }
      }
      const q = (v: number) => Math.min(255, Math.round(v / n / 28) * 28);
      const [cr, cg, cb] = [q(r), q(g), q(b)];
      for (let y = by; y < Math.min(size, by + block); y++) {
        for (let x = bx; x < Math.min(size, bx + block); x++) {
          const p = (y * size + x) * 3;
          data[p] = cr;
          data[p + 1] = cg;
          data[p + 2] = cb;
        }
      }
    }
  }
}

interface Wash {
  source: Int32Array;
  margin: Float32Array;
  strength: Float32Array;
  grain: Float32Array;
}

/** Where pigment drifts to, where the paper stays bare, how strong the wash is: the same for every picture. */
function washOf(size: number): Wash {
  return baked(`wash:${size}`, () => {
    const drift = noise(size, 26, 5);
    const drift2 = noise(size, 26, 6);
    const fine = noise(size, 9, 7);
    const grain = noise(size, 2.2, 8);
    const bloom = noise(size, 70, 9);
    const s = size / 512;
    const n = size * size;
    const out: Wash = {
      source: new Int32Array(n),
      margin: new Float32Array(n),
      strength: new Float32Array(n),
      grain: new Float32Array(n),
    };
    const inside = (v: number) => Math.min(size - 1, Math.max(0, Math.round(v)));
    for (let y = 0, i = 0; y < size; y++) {
      for (let x = 0; x < size; x++, i++) {
        const sx = inside(x + (drift[i]! * 5 + fine[i]! * 2.4) * s);
        const sy = inside(y + (drift2[i]! * 5 - fine[i]! * 2.4) * s);
        out.source[i] = (sy * size + sx) * 3;
        const edge = Math.min(x, y, size - 1 - x, size - 1 - y) / s;
        out.margin[i] =
          edge < 40 ? Math.min(1, Math.max(0, (edge - 12 + drift[i]! * 9 + fine[i]! * 5) / 7)) : 1;
        out.strength[i] = (0.86 + bloom[i]! * 0.16) * 0.86;
        out.grain[i] = 0.985 + grain[i]! * 0.022;
      }
    }
    return out;
  });
}

/** Wet edges, drifting pigment, paper grain and an uneven white margin. */
export async function watercolour(pixels: Pixels): Promise<Pixels> {
  const { size } = pixels;
  const soft = await blurred(pixels, (size / 512) * 1.6);
  const wide = await blurred(pixels, (size / 512) * 7);
  const { source, margin, strength, grain } = washOf(size);
  const out = new Uint8Array(size * size * 3);
  for (let i = 0, q = 0; i < source.length; i++) {
    const p = source[i]!;
    const k = strength[i]!;
    const m = margin[i]!;
    const g = grain[i]!;
    for (let c = 0; c < 3; c++, q++) {
      const v = soft[p + c]!;
      const pigment = 255 - (255 - v) * k + (v - wide[p + c]!) * 0.5;
      const paper = 250 - c * 4;
      out[q] = clamp((paper + ((pigment > 250 ? 250 : pigment) - paper) * m) * g);
    }
  }
  return { data: out, size };
}
