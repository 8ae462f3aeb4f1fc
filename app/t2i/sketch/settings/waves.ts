import type { Pen } from "../art.ts";
import { darken, lighten, mix } from "../colour.ts";
import { ellipse, path, rect, stroke } from "../svg.ts";
import { BOTTOM, LEFT, WIDTH } from "./stage.ts";

/** Calm water with glints of the sky. */
export function calm(pen: Pen, y: number, bottom: number): string {
  const { pal, rnd } = pen;
  const deep = pen.tone(darken(pal.water, 0.25));
  let out = rect(
    LEFT,
    y,
    WIDTH,
    bottom - y,
    pen.linear([
      [0, mix(pal.sky[2], pen.tone(pal.water), 0.35)],
      [0.35, mix(pal.sky[1], pen.tone(pal.water), 0.6)],
      [1, deep],
    ]),
  );
  const gx = 80 + rnd.below(350);
  for (let i = 0; i < 26; i++) {
    const t = i / 26;
    const gy = y + 3 + t * t * (bottom - y);
    const w = 10 + rnd.below(20) + t * 50;
    const x = rnd.next() < 0.4 ? gx + (rnd.next() - 0.5) * 70 : rnd.below(540);
    out += ellipse(x, gy, w, 0.9 + t * 1.8, mix(pal.sky[2], "#ffffff", 0.3), { opacity: 0.5 });
  }
  return out;
}

/** Rows of storm waves: steep, curling, with foam on the crest and streaks on the back. */
export function waves(pen: Pen, y: number, rows: number, height: number, from = 0): string {
  const { pal, rnd } = pen;
  let out = "";
  const white = mix("#ffffff", pal.haze, pal.dark ? 0.4 : 0.15);
  for (let r = from; r < rows; r++) {
    const t = r / rows;
    const base = y + t * t * 150 + r * 10;
    const h = height * (0.32 + t * 1.1);
    const step = 120 + t * 150;
    const top = pen.far(0.42 * (1 - t)).tone(lighten(pal.water, pal.dark ? 0.3 : 0.38));
    const deep = pen.far(0.3 * (1 - t)).tone(darken(pal.water, 0.35 + t * 0.25));
    let d = `M${LEFT - 100} ${BOTTOM}V${base}`;
    let foam = "";
    let streaks = "";
    for (let x = LEFT - 100 - rnd.below(110); x < 660; x += step) {
      const k = h * (0.55 + rnd.next() * 0.75);
      const cx = x + step * 0.55;
      const cy = base - k;
      d += `C${x + step * 0.22} ${base} ${x + step * 0.36} ${cy + k * 0.1} ${cx} ${cy}C${cx + step * 0.07} ${cy + k * 0.1} ${cx + step * 0.08} ${cy + k * 0.3} ${cx + step * 0.04} ${cy + k * 0.36}C${cx + step * 0.12} ${base - k * 0.2} ${x + step * 0.86} ${base} ${x + step} ${base}`;
      foam += `M${x + step * 0.3} ${base - k * 0.42}Q${x + step * 0.42} ${cy - 2} ${cx} ${cy - 2}C${cx + step * 0.09} ${cy + k * 0.1} ${cx + step * 0.09} ${cy + k * 0.32} ${cx + step * 0.04} ${cy + k * 0.38}Q${cx + step * 0.03} ${cy + k * 0.2} ${cx - step * 0.04} ${cy + k * 0.16}Q${x + step * 0.42} ${cy + k * 0.14} ${x + step * 0.3} ${base - k * 0.42}Z`;
      streaks += `M${x + step * 0.42} ${base - k * 0.4}q${step * 0.05} ${k * 0.3} ${step * 0.22} ${k * 0.36}M${x + step * 0.3} ${base - k * 0.1}q${step * 0.1} ${k * 0.2} ${step * 0.3} ${k * 0.2}`;
    }
    out +=
      path(
        `${d}V${BOTTOM}Z`,
        pen.linear([
          [0, top],
          [0.16 + 0.2 * t, deep],
          [1, darken(deep, 0.3)],
        ]),
      ) +
      stroke(streaks, white, 1.2 + t, { opacity: 0.35 }) +
      path(foam, white, { opacity: 0.9 });
  }
  return out;
}
