import type { Pen } from "../art.ts";
import { darken, lighten, shift } from "../colour.ts";
import { circle, ellipse, path, poly, rect, stroke } from "../svg.ts";
import { sky } from "./sky.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { road } from "./terrain.ts";

function buildings(
  pen: Pen,
  y: number,
  height: number,
  count: number,
  colour: string,
  neon: boolean,
): string {
  const { rnd, pal } = pen;
  let out = "";
  let lit = "";
  for (let i = 0; i < count; i++) {
    const w = (WIDTH / count) * (0.8 + rnd.next() * 0.4);
    const x = LEFT + (i * WIDTH) / count;
    const h = height * (0.4 + rnd.next() * 0.6);
    out += rect(x, y - h, w, h + 10, pen.tone(shift(colour, 0, 0, (rnd.next() - 0.5) * 0.12)));
    const top = rnd.below(4);
    if (top === 0) out += rect(x + w * 0.25, y - h - 16, w * 0.5, 18, pen.tone(colour));
    if (top === 1)
      out += poly(
        [
          [x, y - h],
          [x + w / 2, y - h - 34],
          [x + w, y - h],
        ],
        pen.tone(colour),
      );
    if (top === 2) out += rect(x + w * 0.48, y - h - 30, 3, 32, pen.tone(colour));
    let d = "";
    for (let wy = y - h + 10; wy < y - 6; wy += 13)
      for (let wx = x + 6; wx < x + w - 7; wx += 11)
        if (rnd.next() < (pal.lit ? 0.4 : 0.55)) d += `M${wx.toFixed(0)} ${wy.toFixed(0)}h5v7h-5z`;
    lit += path(
      d,
      neon
        ? rnd.pick(["#ff5ad0", "#4ff0ff", "#ffd84a", "#8f7aff"])
        : pal.lit
          ? "#ffd98a"
          : pen.tone(lighten(colour, 0.35)),
      { opacity: pal.lit ? 0.9 : 0.6 },
    );
    if (neon && rnd.next() < 0.6)
      lit += rect(
        x + w * 0.3,
        y - h * 0.7,
        9,
        h * 0.36,
        rnd.pick(["#ff3fb8", "#2fe8ff", "#b86fff", "#ffe04a"]),
        4,
      );
  }
  return out + lit;
}

const isNeon = (s: Stage) => s.scene.styles.includes("cyberpunk") || s.scene.tints.includes("neon");

export function city(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  const c = rnd.pick(["#6f7f98", "#7a7488", "#5f7a86", "#8a7f78"]);
  let back =
    sky(s) +
    (pal.dark
      ? ellipse(
          256,
          horizon + 60,
          420,
          190,
          pen.radial([
            [0, isNeon(s) ? "#c85ae0" : "#ffb870", 0.8],
            [1, "#ffb870", 0],
          ]),
        )
      : "");
  back +=
    buildings(pen.far(0.5), horizon + 60, 270, 12, c, isNeon(s)) +
    buildings(pen.far(0.2), horizon + 70, 190, 8, darken(c, 0.15), isNeon(s));
  const y = horizon + 64;
  back +=
    rect(
      LEFT,
      y,
      WIDTH,
      BOTTOM,
      pen.linear([
        [0, pen.tone("#8c8c94")],
        [1, pen.tone("#5c5c66")],
      ]),
    ) + rect(LEFT, y, WIDTH, 9, pen.tone("#b5b2ac"));
  if (s.flavour.has("road") || rnd.next() < 0.5) back += road(pen, y + 4);
  else
    for (let i = 0; i < 8; i++)
      back +=
        stroke(`M${LEFT} ${y + 16 + i * i * 3.4}H600`, pen.tone("#4c4c56"), 1.2, { opacity: 0.4 }) +
        stroke(`M${256 + (i - 4) * 60} ${y + 9}L${256 + (i - 4) * 170} ${BOTTOM}`, pen.tone("#4c4c56"), 1.2, {
          opacity: 0.4,
        });
  if (s.scene.weather.includes("rain") || isNeon(s))
    for (let i = 0; i < 12; i++)
      back += rect(
        rnd.below(512),
        y + 14,
        8 + rnd.below(16),
        60 + rnd.below(100),
        isNeon(s) ? rnd.pick(["#ff3fb8", "#2fe8ff", "#b86fff"]) : "#ffe3a8",
        6,
        { opacity: 0.16 },
      );
  return { back, ground: "land", base: 446 };
}

export function street(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd, pal } = pen;
  const horizon = 296;
  let back = sky({ ...s, horizon });
  const walls = ["#d9b48c", "#c8846a", "#e3d0b0", "#a8b5b0", "#d9a07f", "#b8a0b0", "#8fa5b5"];
  const side = (k: 0 | 1) => {
    let out = "";
    for (let i = 0; i < 4; i++) {
      const t0 = 1 - i / 4.6;
      const t1 = 1 - (i + 1) / 4.6;
      const x = (t: number) => (k ? 286 + t * 270 : 226 - t * 270);
      const top = (t: number, h: number) => horizon - 14 - t * h;
      const bottom = (t: number) => horizon + 14 + t * 170;
      const h = 330 + rnd.below(80);
      const p = pen.far(i * 0.13);
      const wall = rnd.pick(walls);
      out += poly(
        [
          [x(t0), top(t0, h)],
          [x(t1), top(t1, h)],
          [x(t1), bottom(t1)],
          [x(t0), bottom(t0)],
        ],
        p.tone(k ? darken(wall, 0.2) : wall),
      );
      out += poly(
        [
          [x(t0), top(t0, h) - 4],
          [x(t1), top(t1, h) - 3],
          [x(t1), top(t1, h) + 6],
          [x(t0), top(t0, h) + 9],
        ],
        p.tone(darken(wall, 0.4)),
      );
      for (let row = 0; row < 3; row++) {
        for (const [a, b] of [
          [0.18, 0.4],
          [0.6, 0.82],
        ] as const) {
          const ta = t0 + (t1 - t0) * a;
          const tb = t0 + (t1 - t0) * b;
          const y = (t: number, f: number) => top(t, h) + (bottom(t) - top(t, h)) * f;
          const f0 = 0.12 + row * 0.22;
          const glow = pal.lit && rnd.next() < 0.7;
          out += poly(
            [
              [x(ta), y(ta, f0)],
              [x(tb), y(tb, f0)],
              [x(tb), y(tb, f0 + 0.13)],
              [x(ta), y(ta, f0 + 0.13)],
            ],
            glow ? (isNeon(s) ? rnd.pick(["#ff5ad0", "#4ff0ff", "#ffd84a"]) : "#ffd27a") : p.tone("#5f6f7f"),
          );
        }
      }
      const y = (t: number, f: number) => top(t, h) + (bottom(t) - top(t, h)) * f;
      const awning = rnd.pick(["#c8413a", "#3f7f6a", "#d9a33a", "#3f5f8c"]);
      const out0 = k ? -1 : 1;
      out +=
        poly(
          [
            [x(t0), y(t0, 0.74)],
            [x(t1), y(t1, 0.74)],
            [x(t1) + out0 * 12 * t1, y(t1, 0.81)],
            [x(t0) + out0 * 26 * t0, y(t0, 0.81)],
          ],
          p.tone(awning),
        ) +
        poly(
          [
            [x(t0), y(t0, 0.82)],
            [x(t1), y(t1, 0.82)],
            [x(t1), bottom(t1)],
            [x(t0), bottom(t0)],
          ],
          pal.lit ? "#f0b86a" : p.tone("#4a4f58"),
          { opacity: 0.75 },
        );
    }
    return out;
  };
  back += rect(LEFT, horizon, WIDTH, 320, pen.tone("#8a8480")) + side(0) + side(1);
  back += poly(
    [
      [222, horizon + 8],
      [290, horizon + 8],
      [620, BOTTOM],
      [-108, BOTTOM],
    ],
    pen.linear([
      [0, pen.far(0.4).tone("#8f8a86")],
      [1, pen.tone("#6f6a6c")],
    ]),
  );
  for (let i = 0; i < 8; i++)
    back += stroke(
      `M${222 - i * i * 6} ${horizon + 12 + i * i * 5}Q256 ${horizon + 18 + i * i * 5} ${290 + i * i * 6} ${horizon + 12 + i * i * 5}`,
      pen.tone("#5a565c"),
      1.3,
      { opacity: 0.5 },
    );
  for (const x of [92, 424]) {
    back +=
      rect(x - 2, 170, 5, 250, pen.tone("#34343c")) +
      path(`M${x - 11} 172L${x - 7} 146H${x + 8}L${x + 12} 172Z`, pal.lit ? "#ffe3a0" : pen.tone("#e6e0cc"));
    if (pal.lit)
      back += circle(
        x,
        160,
        74,
        pen.radial([
          [0, "#ffe0a0", 0.8],
          [0.3, "#ffc66a", 0.32],
          [1, "#ffb04a", 0],
        ]),
      );
  }
  return { back, ground: "land", base: 450 };
}

export function stageSet(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd } = pen;
  const hue = rnd.pick(["#5a1f2f", "#1f2f5a", "#3a1f52", "#1f4648", "#5a3a1a"]);
  let back = rect(
    LEFT,
    -80,
    WIDTH,
    700,
    pen.linear([
      [0, darken(hue, 0.6)],
      [1, hue],
    ]),
  );
  for (let i = 0; i < 12; i++)
    back += path(
      `M${LEFT + i * 56} -80H${LEFT + i * 56 + 30}Q${LEFT + i * 56 + 24} 200 ${LEFT + i * 56 + 34} 410H${LEFT + i * 56 - 4}Q${LEFT + i * 56 + 6} 200 ${LEFT + i * 56} -80Z`,
      lighten(hue, 0.09),
      { opacity: 0.6 },
    );
  const beam = (c: string) =>
    pen.linear([
      [0, c, 0.62],
      [1, c, 0.03],
    ]);
  const cols = rnd.pick([
    ["#ffdf9a", "#ff9a5a"],
    ["#ffd0e8", "#8fb8ff"],
    ["#ffe6b0", "#a8f0e0"],
  ] as const);
  const lx = 150 + rnd.below(80);
  back +=
    poly(
      [
        [lx - 10, -40],
        [lx + 10, -40],
        [340, 452],
        [150, 452],
      ],
      beam(cols[0]),
    ) +
    poly(
      [
        [430, -40],
        [450, -40],
        [370, 452],
        [210, 452],
      ],
      beam(cols[1]),
    );
  back +=
    rect(
      LEFT,
      412,
      WIDTH,
      200,
      pen.linear([
        [0, "#6a4430"],
        [1, "#33201a"],
      ]),
    ) +
    ellipse(
      256,
      458,
      190,
      32,
      pen.radial([
        [0, "#ffe9b8", 0.75],
        [1, "#ffd080", 0],
      ]),
    );
  for (let i = 0; i < 6; i++)
    back += ellipse(
      rnd.below(512),
      90 + rnd.below(300),
      150,
      44,
      pen.radial([
        [0, "#e6dcf0", 0.22],
        [1, "#e6dcf0", 0],
      ]),
    );
  let front = "";
  for (let i = 0; i < 8; i++)
    front +=
      circle(i * 74 + rnd.below(24) - 8, 526 + rnd.below(10), 24, "#120c12") +
      ellipse(i * 74 + 4, 560, 44, 30, "#120c12");
  return { back, front, ground: "floor", base: 456 };
}
