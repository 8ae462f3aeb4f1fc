import { createRandom } from "../../../domain/random.ts";

/** Textures are made once per picture size and kept; sizes beyond a few replace older ones. */
const CACHE_LIMIT = 24;
const cache = new Map<string, unknown>();

export function baked<T>(key: string, make: () => T): T {
  const found = cache.get(key) as T | undefined;
  if (found !== undefined) return found;
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value as string);
  const made = make();
  cache.set(key, made);
  return made;
}

/** Smooth noise from -1 to 1; `cell` is the size of its grain in pixels at 512. */
export function noise(size: number, cell: number, seed: number): Float32Array {
  return baked(`noise:${size}:${cell}:${seed}`, () => {
    const rnd = createRandom(seed);
    const step = Math.max(1, (cell * size) / 512);
    const n = Math.ceil(size / step) + 2;
    const grid = Float32Array.from({ length: n * n }, () => rnd.next() * 2 - 1);
    const out = new Float32Array(size * size);
    for (let y = 0; y < size; y++) {
      const gy = Math.floor(y / step);
      let ty = y / step - gy;
      ty = ty * ty * (3 - 2 * ty);
      for (let x = 0; x < size; x++) {
        const gx = Math.floor(x / step);
        let tx = x / step - gx;
        tx = tx * tx * (3 - 2 * tx);
        const i = gy * n + gx;
        const a = grid[i]! + (grid[i + 1]! - grid[i]!) * tx;
        const b = grid[i + n]! + (grid[i + n + 1]! - grid[i + n]!) * tx;
        out[y * size + x] = a + (b - a) * ty;
      }
    }
    return out;
  });
}

/** Regions of one colour each (strokes, cells, tiles) with a relief and a mask of joints. */
export interface Regions {
  id: Int32Array;
  count: number;
  relief: Int8Array;
  joint: Uint8Array | null;
}

const regions = (size: number): Regions => ({
  id: new Int32Array(size * size),
  count: 0,
  relief: new Int8Array(size * size),
  joint: null,
});

/** Overlapping brush strokes that follow a slow flow. */
export function strokes(size: number, length: number, width: number, seed: number): Regions {
  return baked(`strokes:${size}:${length}:${width}:${seed}`, () => {
    const out = regions(size);
    const rnd = createRandom(seed);
    const flow = noise(size, 150, seed + 1);
    const s = size / 512;
    const l = (length * s) / 2;
    const w = (width * s) / 2;
    const total = Math.ceil((size * size * 3.4) / (4 * l * w));
    for (let k = 0; k < total; k++) {
      const cx = rnd.next() * size;
      const cy = rnd.next() * size;
      const a =
        (flow[Math.min(size - 1, cy | 0) * size + Math.min(size - 1, cx | 0)] ?? 0) * 2.2 +
        (rnd.next() - 0.5) * 0.5;
      const c = Math.cos(a);
      const d = Math.sin(a);
      const tone = (rnd.next() - 0.5) * 15;
      const id = ++out.count;
      for (let y = Math.max(0, Math.floor(cy - l)); y <= Math.min(size - 1, cy + l); y++) {
        for (let x = Math.max(0, Math.floor(cx - l)); x <= Math.min(size - 1, cx + l); x++) {
          const u = ((x - cx) * c + (y - cy) * d) / l;
          const v = (-(x - cx) * d + (y - cy) * c) / w;
          if (u * u * u * u + v * v > 1) continue;
          out.id[y * size + x] = id;
          out.relief[y * size + x] = tone + v * -9 + (Math.abs(v) > 0.75 ? -5 : 0);
        }
      }
    }
    out.count++;
    return out;
  });
}

/** Triangles of a jittered grid. */
export function triangles(size: number, cells: number): Regions {
  return baked(`triangles:${size}:${cells}`, () => {
    const out = regions(size);
    const rnd = createRandom(77);
    const g = size / cells;
    const n = cells + 1;
    const px: [number, number][] = [];
    for (let y = 0; y < n; y++)
      for (let x = 0; x < n; x++)
        px.push([
          x === 0 ? -1 : x === cells ? size + 1 : (x + (rnd.next() - 0.5) * 0.72) * g,
          y === 0 ? -1 : y === cells ? size + 1 : (y + (rnd.next() - 0.5) * 0.72) * g,
        ]);
    const fill = (a: [number, number], b: [number, number], c: [number, number]) => {
      const id = ++out.count;
      const tone = (rnd.next() - 0.5) * 20;
      const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
      for (
        let y = Math.max(0, Math.floor(Math.min(a[1], b[1], c[1])));
        y <= Math.min(size - 1, Math.max(a[1], b[1], c[1]));
        y++
      ) {
        for (
          let x = Math.max(0, Math.floor(Math.min(a[0], b[0], c[0])));
          x <= Math.min(size - 1, Math.max(a[0], b[0], c[0]));
          x++
        ) {
          const u = ((b[0] - x) * (c[1] - y) - (b[1] - y) * (c[0] - x)) / area;
          const v = ((c[0] - x) * (a[1] - y) - (c[1] - y) * (a[0] - x)) / area;
          if (u < -0.001 || v < -0.001 || u + v > 1.001) continue;
          out.id[y * size + x] = id;
          out.relief[y * size + x] = tone;
        }
      }
    };
    for (let y = 0; y < cells; y++) {
      for (let x = 0; x < cells; x++) {
        const [a, b, c, d] = [
          px[y * n + x]!,
          px[y * n + x + 1]!,
          px[(y + 1) * n + x]!,
          px[(y + 1) * n + x + 1]!,
        ];
        if (rnd.next() < 0.5) {
          fill(a, b, c);
          fill(b, d, c);
        } else {
          fill(a, b, d);
          fill(a, d, c);
        }
      }
    }
    out.count++;
    return out;
  });
}

/** Cells around jittered points, with joints `joint` pixels wide (at 512). */
export function cells(size: number, across: number, joint: number, jitter: number): Regions {
  return baked(`cells:${size}:${across}:${joint}:${jitter}`, () => {
    const out = regions(size);
    const rnd = createRandom(across * 31 + 5);
    const g = size / across;
    const pts = Array.from(
      { length: across * across },
      (_, i) =>
        [
          ((i % across) + 0.5 + (rnd.next() - 0.5) * jitter) * g,
          (Math.floor(i / across) + 0.5 + (rnd.next() - 0.5) * jitter) * g,
          (rnd.next() - 0.5) * 26,
        ] as const,
    );
    out.joint = new Uint8Array(size * size);
    const gap = (joint * size) / 512;
    for (let y = 0; y < size; y++) {
      const gy = Math.floor(y / g);
      for (let x = 0; x < size; x++) {
        const gx = Math.floor(x / g);
        let best = 1e9;
        let second = 1e9;
        let id = 0;
        for (let j = Math.max(0, gy - 1); j <= Math.min(across - 1, gy + 1); j++) {
          for (let i = Math.max(0, gx - 1); i <= Math.min(across - 1, gx + 1); i++) {
            const p = pts[j * across + i]!;
            const d = Math.hypot(x - p[0], y - p[1]);
            if (d < best) {
              second = best;
              best = d;
              id = j * across + i;
            } else if (d < second) second = d;
          }
        }
        out.id[y * size + x] = id + 1;
        out.relief[y * size + x] = pts[id]![2];
        if (second - best < gap) out.joint[y * size + x] = 1;
      }
    }
    out.count = across * across + 1;
    return out;
  });
}

/** Round dabs on paper; id 0 is the paper. */
export function dots(size: number, radius: number): Regions {
  return baked(`dots:${size}:${radius}`, () => {
    const out = regions(size);
    const rnd = createRandom(4242);
    const r = (radius * size) / 512;
    const total = Math.ceil((size * size * 2.4) / (Math.PI * r * r));
    for (let k = 0; k < total; k++) {
      const cx = rnd.next() * size;
      const cy = rnd.next() * size;
      const rr = r * (0.65 + rnd.next() * 0.5);
      const tone = (rnd.next() - 0.5) * 60;
      const id = ++out.count;
      for (let y = Math.max(0, Math.ceil(cy - rr)); y <= Math.min(size - 1, cy + rr); y++)
        for (let x = Math.max(0, Math.ceil(cx - rr)); x <= Math.min(size - 1, cx + rr); x++)
          if ((x - cx) ** 2 + (y - cy) ** 2 <= rr * rr) {
            out.id[y * size + x] = id;
            out.relief[y * size + x] = tone;
          }
    }
    out.count++;
    return out;
  });
}
