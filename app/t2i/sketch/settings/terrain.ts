import type { Art, Pen } from "../art.ts";
import { darken, lighten, mix } from "../colour.ts";
import { PLANT_ARTS } from "../shapes/plants.ts";
import { at, path, ridge, stroke } from "../svg.ts";
import { BOTTOM, LEFT, WIDTH } from "./stage.ts";

type Points = [number, number][];

/** Points of a rolling or jagged line at height y. */
export function rolling(pen: Pen, y: number, amplitude: number, steps: number): Points {
  const out: Points = [];
  for (let i = 0; i <= steps; i++) out.push([LEFT + (WIDTH * i) / steps, y - pen.rnd.next() * amplitude]);
  return out;
}

/** A jagged mountain range with lit and shaded faces. */
export function range(
  pen: Pen,
  y: number,
  height: number,
  peaks: number,
  colour: string,
  snow: boolean,
): string {
  let out = "";
  const lit = pen.tone(colour);
  const dark = pen.tone(darken(colour, 0.28));
  const cap = pen.tone("#f6f8fb");
  const step = WIDTH / peaks;
  const order = Array.from({ length: peaks + 1 }, (_, i) => i).sort((a, b) => (a % 2) - (b % 2));
  for (const i of order) {
    const x = LEFT + i * step + (pen.rnd.next() - 0.5) * step * 0.6;
    const h = height * (0.55 + pen.rnd.next() * 0.45);
    const w = step * (0.75 + pen.rnd.next() * 0.35);
    const kink = (pen.rnd.next() - 0.5) * w * 0.3;
    out += path(
      `M${x - w} ${y}L${x - w * 0.45} ${y - h * 0.5}L${x - w * 0.3} ${y - h * 0.56}L${x} ${y - h}L${x + w * 0.35} ${y - h * 0.6}L${x + w * 0.55} ${y - h * 0.5}L${x + w} ${y}Z`,
      lit,
    );
    out += path(
      `M${x} ${y - h}L${x + w * 0.35} ${y - h * 0.6}L${x + w * 0.55} ${y - h * 0.5}L${x + w} ${y}H${x + kink}L${x + w * 0.12} ${y - h * 0.4}L${x - w * 0.06} ${y - h * 0.62}Z`,
      dark,
    );
    if (snow)
      out += path(
        `M${x} ${y - h}L${x + w * 0.28} ${y - h * 0.68}L${x + w * 0.14} ${y - h * 0.72}L${x + w * 0.04} ${y - h * 0.6}L${x - w * 0.08} ${y - h * 0.74}L${x - w * 0.2} ${y - h * 0.66}Z`,
        cap,
      );
  }
  return out;
}

/** Puts an art with its base at (x, y), `h` units high. */
export function place(
  art: Art,
  pen: Pen,
  x: number,
  y: number,
  h: number,
  colours: readonly string[] = [],
  flip = false,
): string {
  const k = h / art.h;
  const inner = art.draw(pen, { pose: null, colours, traits: [] });
  return at(inner, x + (flip ? 1 : -1) * (art.w / 2) * k, y - h, flip ? -k : k, k);
}

export function tufts(pen: Pen, from: number, count: number, colour: string): string {
  let d = "";
  for (let i = 0; i < count; i++) {
    const t = Math.sqrt(pen.rnd.next());
    const y = from + 10 + t * (530 - from);
    const s = 3 + t * 9;
    const x = pen.rnd.next() * 540 - 14;
    d += `M${x.toFixed(0)} ${y.toFixed(0)}l${(-s * 0.5).toFixed(1)} ${(-s).toFixed(1)}M${x.toFixed(0)} ${y.toFixed(0)}l0 ${(-s * 1.3).toFixed(1)}M${x.toFixed(0)} ${y.toFixed(0)}l${(s * 0.5).toFixed(1)} ${(-s).toFixed(1)}`;
  }
  return stroke(d, colour, 1.5, { opacity: 0.75 });
}

/** Meadow ground with light and dark waves. */
export function ground(pen: Pen, y: number, colour: string, swell = 14): string {
  const c = (k: string) => pen.tone(k);
  let out = path(
    ridge(rolling(pen, y + 4, swell, 5), BOTTOM),
    pen.linear([
      [0, mix(c(lighten(colour, 0.12)), pen.pal.haze, 0.25)],
      [0.5, c(colour)],
      [1, c(darken(colour, 0.24))],
    ]),
  );
  out += path(ridge(rolling(pen, y + 66, 34, 3), BOTTOM), c(darken(colour, 0.07)), { opacity: 0.7 });
  return out + path(ridge(rolling(pen, y + 140, 44, 3), BOTTOM), c(darken(colour, 0.14)), { opacity: 0.6 });
}

export function footpath(pen: Pen, horizon: number, colour: string): string {
  const x = 140 + pen.rnd.below(230);
  const bend = (pen.rnd.next() - 0.5) * 240;
  return path(
    `M${x - 4} ${horizon + 2}C${x + bend} ${horizon + 60} ${220 - bend} ${horizon + 110} ${130 - bend * 0.2} ${BOTTOM}H${390 - bend * 0.2}C${330 - bend} ${horizon + 110} ${x + 46 + bend} ${horizon + 60} ${x + 6} ${horizon + 2}Z`,
    pen.tone(colour),
    { opacity: 0.85 },
  );
}

export function treeline(
  pen: Pen,
  y: number,
  height: number,
  art: Art,
  count: number,
  depth: number,
  colours: readonly string[] = [],
): string {
  const far = pen.far(depth);
  let out = "";
  for (let i = 0; i < count; i++) {
    const x = LEFT + 40 + ((WIDTH - 40) * (i + pen.rnd.next() * 0.8)) / count;
    out += place(
      art,
      far,
      x,
      y + pen.rnd.next() * 10,
      height * (0.7 + pen.rnd.next() * 0.5),
      colours,
      pen.rnd.next() < 0.5,
    );
  }
  return out;
}

export const art = (id: string): Art => PLANT_ARTS[id] as Art;

/** A road that runs to the horizon. */
export function road(pen: Pen, horizon: number): string {
  const x = 170 + pen.rnd.below(170);
  let out = path(
    `M${x - 6} ${horizon}L-120 ${BOTTOM}H632L${x + 6} ${horizon}Z`,
    pen.linear([
      [0, pen.far(0.4).tone("#6a6a70")],
      [1, pen.tone("#4a4a52")],
    ]),
  );
  for (let i = 0; i < 6; i++) {
    const t0 = (i / 6) ** 2;
    const t1 = ((i + 0.5) / 6) ** 2;
    const y0 = horizon + t0 * (BOTTOM - horizon);
    const y1 = horizon + t1 * (BOTTOM - horizon);
    const cx = (t: number) => x + (256 - x) * t;
    out += path(
      `M${cx(t0) - 6 * t0 - 0.5} ${y0}L${cx(t1) - 7 * t1 - 0.5} ${y1}H${cx(t1) + 7 * t1 + 0.5}L${cx(t0) + 6 * t0 + 0.5} ${y0}Z`,
      pen.tone("#f0d98a"),
    );
  }
  return out;
}
