import type { Pen } from "../art.ts";
import { darken, lighten, shift } from "../colour.ts";
import { OBJECT_ARTS } from "../shapes/objects.ts";
import { circle, ellipse, path, rect, ridge } from "../svg.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { place, rolling } from "./terrain.ts";

function starfield(pen: Pen, bottom: number): string {
  const { rnd } = pen;
  const base = rnd.pick(["#0b0d2a", "#120a2c", "#071426", "#160b24"]);
  const glow = rnd.pick(["#6a3fa8", "#2f6fb0", "#a83f7a", "#2f8f8a"]);
  let out = rect(
    LEFT,
    -80,
    WIDTH,
    bottom + 80,
    pen.linear(
      [
        [0, base],
        [1, lighten(base, 0.12)],
      ],
      0,
      0,
      1,
      1,
    ),
  );
  for (let i = 0; i < 5; i++)
    out += ellipse(
      rnd.below(512),
      rnd.below(bottom),
      130 + rnd.below(120),
      70 + rnd.below(80),
      pen.radial([
        [0, i % 2 ? glow : shift(glow, 50), 0.5],
        [1, glow, 0],
      ]),
    );
  for (let i = 0; i < 130; i++)
    out += circle(
      LEFT + rnd.next() * WIDTH,
      rnd.next() * bottom - 20,
      rnd.next() ** 4 * 2.6 + 0.5,
      rnd.pick(["#ffffff", "#fff3d0", "#d0e0ff"]),
      { opacity: 0.5 + rnd.next() * 0.5 },
    );
  return out;
}

export function space(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd } = pen;
  let back = starfield(pen, BOTTOM);
  const big = rnd.next() < 0.7;
  back += place(
    OBJECT_ARTS.planet,
    pen,
    rnd.next() < 0.5 ? 70 + rnd.below(70) : 390 + rnd.below(70),
    big ? 230 + rnd.below(60) : 170,
    big ? 190 + rnd.below(70) : 90,
  );
  if (rnd.next() < 0.7)
    back += place(OBJECT_ARTS.planet, pen, 60 + rnd.below(400), 110 + rnd.below(360), 46 + rnd.below(36));
  if (rnd.next() < 0.4)
    back += path(
      `M${LEFT} ${BOTTOM}V500Q256 400 ${LEFT + WIDTH} 500V${BOTTOM}Z`,
      pen.linear([
        [0, rnd.pick(["#4f8fd0", "#c8814f", "#6fae9a"])],
        [1, "#0b1630"],
      ]),
    );
  return { back, ground: "none", base: 390 };
}

export function moon(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd } = pen;
  const y = 330 + rnd.below(30);
  let back = starfield(pen, y + 40);
  const ex = rnd.next() < 0.5 ? 110 : 390;
  back +=
    circle(
      ex,
      110,
      90,
      pen.radial([
        [0, "#7fb8ff", 0.4],
        [1, "#7fb8ff", 0],
      ]),
    ) +
    circle(ex, 110, 52, "#2f74c4") +
    path(
      `M${ex - 34} 82q22 -20 38 -2q10 16 -10 22q-20 8 -24 -4ZM${ex + 2} 120q22 -8 34 6q-4 24 -22 22ZM${ex - 30} 126q14 2 12 14l-8 2Z`,
      "#5fae6a",
    ) +
    path(`M${ex - 46} 100q40 -14 80 2M${ex - 30} 148q30 -10 60 0`, "none", {
      stroke: "#ffffff",
      "stroke-width": 5,
      "stroke-linecap": "round",
      opacity: 0.6,
    });
  const dust = s.flavour.has("mars") ? "#b8603f" : rnd.pick(["#a9a7ad", "#b5b0a8", "#9c9fae"]);
  back +=
    path(ridge(rolling(pen, y, 50, 5), BOTTOM), darken(dust, 0.4)) +
    path(
      ridge(rolling(pen, y + 26, 24, 4), BOTTOM),
      pen.linear([
        [0, lighten(dust, 0.2)],
        [1, darken(dust, 0.35)],
      ]),
    );
  for (let i = 0; i < 9; i++) {
    const cy = y + 50 + i * 15;
    const r = 12 + i * 3 + rnd.below(20);
    const cx = rnd.below(512);
    back +=
      ellipse(cx, cy, r, r * 0.26, darken(dust, 0.34)) +
      ellipse(cx, cy + r * 0.07, r * 0.9, r * 0.2, darken(dust, 0.2));
  }
  return { back, ground: "land", base: 440 };
}
