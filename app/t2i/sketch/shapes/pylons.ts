import type { Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, path, poly, rect } from "../svg.ts";
import { glyphColumn, glyphRow } from "./glyphs.ts";

interface Stone {
  face: string;
  light: string;
  shade: string;
  deep: string;
  inks: string[];
  bands: string[];
}

export function stoneOf(pen: Pen, colour: string | undefined): Stone {
  const base = colour ?? pen.rnd.pick(["#e0b576", "#d9a868", "#e6c08a", "#d4a06c"]);
  const t = (c: string) => pen.tone(c);
  return {
    face: t(base),
    light: t(lighten(base, 0.3)),
    shade: t(darken(base, 0.24)),
    deep: t(darken(base, 0.62)),
    inks: [t("#7a3b1e"), t("#6b3f22"), t("#1f6f78"), t("#9a3324"), t("#27508a")],
    bands: [t("#2a8a86"), t("#b8432f"), t("#2f5d9c"), t("#d9a22e")],
  };
}

/** A papyrus column with glyph bands. */
export function column(pen: Pen, s: Stone, x: number, top: number, bottom: number, w: number): string {
  const body = pen.linear(
    [
      [0, s.shade],
      [0.3, s.light],
      [0.62, s.face],
      [1, s.shade],
    ],
    0,
    0,
    1,
    0,
  );
  const h = bottom - top;
  const cap = w * 0.85;
  let out = path(
    `M${x - w * 0.42} ${top + cap}L${x - w * 0.5} ${bottom - w * 0.3}H${x + w * 0.5}L${x + w * 0.42} ${top + cap}Z`,
    body,
  );
  out += rect(x - w * 0.62, bottom - w * 0.32, w * 1.24, w * 0.32, s.shade, 3);
  // lotus capital
  out += path(
    `M${x - w * 0.4} ${top + cap}C${x - w * 0.42} ${top + cap * 0.5} ${x - w * 0.7} ${top + cap * 0.35} ${x - w * 0.78} ${top}H${x + w * 0.78}C${x + w * 0.7} ${top + cap * 0.35} ${x + w * 0.42} ${top + cap * 0.5} ${x + w * 0.4} ${top + cap}Z`,
    body,
  );
  for (let i = -2; i <= 2; i++) {
    out += path(
      `M${x + i * w * 0.15} ${top + cap * 0.9}Q${x + i * w * 0.26 - 4} ${top + cap * 0.4} ${x + i * w * 0.3} ${top + 3}Q${x + i * w * 0.26 + 4} ${top + cap * 0.4} ${x + i * w * 0.15} ${top + cap * 0.9}Z`,
      s.bands[(i + 4) % 2] ?? s.shade,
      { "fill-opacity": 0.75 },
    );
  }
  out += rect(x - w * 0.44, top + cap, w * 0.88, h * 0.025, s.bands[0] ?? s.shade);
  out += rect(x - w * 0.44, top + cap + h * 0.032, w * 0.88, h * 0.02, s.bands[1] ?? s.shade);
  out += glyphColumn(pen.rnd, x - w * 0.3, top + cap + h * 0.075, w * 0.6, h * 0.62 - cap, s.inks);
  return out;
}

/** Winged sun disc above a gate. */
export function wingedSun(s: Stone, x: number, y: number, r: number): string {
  const wing = (k: number) =>
    path(
      `M${x + k * r * 0.8} ${y - r * 0.3}Q${x + k * r * 3} ${y - r * 1.3} ${x + k * r * 4.6} ${y - r * 0.5}Q${x + k * r * 3} ${y + r * 0.2} ${x + k * r * 0.8} ${y + r * 0.6}Z`,
      s.bands[0] ?? s.shade,
    ) +
    path(
      `M${x + k * r} ${y}Q${x + k * r * 2.4} ${y - r * 0.6} ${x + k * r * 3.6} ${y - r * 0.45}Q${x + k * r * 2.4} ${y + r * 0.1} ${x + k * r} ${y + r * 0.5}Z`,
      s.bands[3] ?? s.shade,
    );
  return wing(-1) + wing(1) + circle(x, y, r, s.bands[1] ?? s.shade);
}

export function pylon(
  pen: Pen,
  s: Stone,
  x: number,
  w: number,
  top: number,
  bottom: number,
  mirror: number,
): string {
  const lean = w * 0.1;
  const face = pen.linear(
    mirror > 0
      ? [
          [0, s.light],
          [1, s.face],
        ]
      : [
          [0, s.face],
          [1, s.shade],
        ],
    0,
    0,
    1,
    0,
  );
  let out = poly(
    [
      [x + lean, top],
      [x + w - lean, top],
      [x + w, bottom],
      [x, bottom],
    ],
    face,
  );
  out += path(
    `M${x + lean - 2} ${top}Q${x + lean} ${top - 12} ${x + lean - 12} ${top - 22}H${x + w - lean + 12}Q${x + w - lean} ${top - 12} ${x + w - lean + 2} ${top}Z`,
    s.light,
  );
  for (let i = 0; i < 9; i++) {
    out += rect(
      x + lean - 6 + (i * (w - lean * 2 + 8)) / 9,
      top - 19,
      (w - lean * 2) / 16,
      17,
      s.bands[i % 3] ?? s.shade,
      1,
      { "fill-opacity": 0.8 },
    );
  }
  const rows = 4;
  const rowH = (bottom - top) / (rows + 0.55);
  for (let r = 0; r < rows; r++) {
    const y = top + 8 + r * rowH;
    const inset = lean * (1 - r / rows) + 5;
    out += rect(x + inset, y - 1.5, w - inset * 2, 1.6, s.shade);
    out += glyphRow(pen.rnd, x + inset, y + 3, w - inset * 2, rowH - 6, s.inks);
  }
  return out;
}

export function obelisk(pen: Pen, s: Stone, x: number, bottom: number, h: number): string {
  const w = h * 0.1;
  return (
    poly(
      [
        [x - w * 0.35, bottom - h * 0.9],
        [x + w * 0.35, bottom - h * 0.9],
        [x + w * 0.55, bottom],
        [x - w * 0.55, bottom],
      ],
      s.face,
    ) +
    poly(
      [
        [x + w * 0.05, bottom - h * 0.9],
        [x + w * 0.35, bottom - h * 0.9],
        [x + w * 0.55, bottom],
        [x + w * 0.1, bottom],
      ],
      s.shade,
    ) +
    poly(
      [
        [x - w * 0.35, bottom - h * 0.9],
        [x, bottom - h],
        [x + w * 0.35, bottom - h * 0.9],
      ],
      s.bands[3] ?? s.light,
    ) +
    glyphColumn(pen.rnd, x - w * 0.3, bottom - h * 0.86, w * 0.6, h * 0.76, s.inks) +
    rect(x - w * 0.8, bottom - 7, w * 1.6, 7, s.shade)
  );
}
