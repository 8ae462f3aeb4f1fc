import type { Art, Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, ellipse, path, poly, rect, stroke } from "../svg.ts";
import { candle, hotAirBalloon, kite, lantern, planet } from "./lights.ts";
import { bloom } from "./plants.ts";

/** Rising steam: pale ribbons that fade upwards. */
export function steam(pen: Pen, x: number, y: number, h: number): string {
  const fill = pen.linear([
    [0, "#ffffff", 0],
    [0.45, "#ffffff", 0.55],
    [1, "#ffffff", 0.05],
  ]);
  return [-1, 0, 1]
    .map((k) => {
      const dx = x + k * h * 0.22;
      const w = h * 0.07;
      return path(
        `M${dx - w} ${y}C${dx - h * 0.2} ${y - h * 0.35} ${dx + h * 0.16} ${y - h * 0.55} ${dx - w * 0.4} ${y - h}C${dx + h * 0.3} ${y - h * 0.6} ${dx - h * 0.06} ${y - h * 0.35} ${dx + w} ${y}Z`,
        fill,
      );
    })
    .join("");
}

const ramen: Art = {
  kind: "object",
  w: 220,
  h: 170,
  metres: 0.16,
  settings: ["tabletop"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#b8322f", "#26354f", "#f0ebe0", "#2f5f5a"]);
    const t = pen.tone;
    let out = steam(pen, 110, 62, 100);
    out +=
      path(
        "M12 74Q20 164 84 166H136Q200 164 208 74Z",
        pen.linear(
          [
            [0, t(lighten(c, 0.2))],
            [0.4, t(c)],
            [1, t(darken(c, 0.4))],
          ],
          0,
          0,
          1,
          0.4,
        ),
      ) + rect(78, 160, 64, 10, t(darken(c, 0.35)), 4);
    out += ellipse(110, 74, 98, 26, t(lighten(c, 0.35))) + ellipse(110, 76, 90, 22, t("#c9772f"));
    for (let i = 0; i < 9; i++)
      out += stroke(
        `M${36 + i * 12} ${78 + (i % 3) * 4}q14 -14 30 0t30 -2`,
        t(i % 2 ? "#f3d48a" : "#e9c06a"),
        4,
      );
    out += ellipse(74, 72, 22, 10, t("#fbf7ea")) + ellipse(74, 71, 10, 5.5, t("#f0a52e"));
    out +=
      ellipse(140, 68, 24, 9, t("#d98a78")) +
      ellipse(150, 76, 24, 9, t("#c87466")) +
      stroke("M128 66q14 -4 26 2M138 76q12 -4 24 1", t("#f4cfc4"), 2.4);
    out += poly(
      [
        [98, 60],
        [120, 44],
        [130, 62],
        [112, 70],
      ],
      t("#2f4a38"),
    );
    for (let i = 0; i < 8; i++)
      out += circle(90 + pen.rnd.below(56), 80 + pen.rnd.below(10), 2.6, t("#6fae4a"));
    return out + stroke("M126 58L206 -10M134 62L220 2", t("#7a4a2c"), 5);
  },
};

const cup: Art = {
  kind: "object",
  w: 150,
  h: 120,
  metres: 0.1,
  settings: ["tabletop"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#f4efe4", "#5f8fa3", "#c8604a", "#e0b04a"]);
    const t = pen.tone;
    return (
      steam(pen, 66, 40, 78) +
      ellipse(68, 112, 66, 8, t(darken(c, 0.14))) +
      stroke("M112 56Q146 54 138 80Q130 96 104 92", t(darken(c, 0.1)), 9) +
      path(
        "M18 42Q20 108 52 112H84Q116 108 118 42Z",
        pen.linear(
          [
            [0, t(lighten(c, 0.3))],
            [0.5, t(c)],
            [1, t(darken(c, 0.28))],
          ],
          0,
          0,
          1,
          0,
        ),
      ) +
      ellipse(68, 42, 50, 12, t(lighten(c, 0.35))) +
      ellipse(68, 43.5, 44, 9, t("#5a3420")) +
      ellipse(60, 43, 20, 3.4, t("#8a5a38"))
    );
  },
};

const vase: Art = {
  kind: "object",
  w: 150,
  h: 230,
  metres: 0.45,
  settings: ["tabletop"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#3f6f9c", "#e9e2d2", "#b8604a", "#5f8f7a"]);
    const t = pen.tone;
    const kinds = ["sunflower", "tulip", "daisy", "rose", "poppy"] as const;
    let out = "";
    for (const [x, h] of [
      [42, 96],
      [108, 100],
      [60, 132],
      [94, 128],
      [76, 150],
    ] as const)
      out += bloom(pen, pen.rnd.pick(kinds), x, 140, h, o.colours[1]);
    out +=
      path(
        "M56 130H94Q92 150 112 178Q118 226 96 229H54Q32 226 38 178Q58 150 56 130Z",
        pen.linear(
          [
            [0, t(lighten(c, 0.3))],
            [0.5, t(c)],
            [1, t(darken(c, 0.34))],
          ],
          0,
          0,
          1,
          0,
        ),
      ) + ellipse(75, 130, 20, 5, t(darken(c, 0.3)));
    return out + stroke("M42 186Q75 196 108 186", t(lighten(c, 0.5)), 3, { opacity: 0.7 });
  },
};

const fruitBowl: Art = {
  kind: "object",
  w: 220,
  h: 150,
  metres: 0.25,
  settings: ["tabletop"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#5f7f9c", "#d9cbb0", "#8a5a3a"]);
    const t = pen.tone;
    const ball = (x: number, y: number, r: number, f: string) =>
      circle(
        x,
        y,
        r,
        pen.radial(
          [
            [0, t(lighten(f, 0.42))],
            [0.5, t(f)],
            [1, t(darken(f, 0.35))],
          ],
          0.35,
          0.3,
          0.8,
        ),
      );
    let out =
      stroke("M60 40Q96 10 146 24", t("#e8c63a"), 17) + stroke("M64 48Q100 22 150 34", t("#d9b02e"), 11);
    out +=
      ball(66, 64, 27, "#c8342f") +
      ball(156, 62, 26, "#e8862a") +
      ball(112, 54, 28, "#8fae3a") +
      ball(88, 76, 24, "#e8862a") +
      ball(136, 78, 24, "#c8342f");
    for (let i = 0; i < 9; i++)
      out += ball(172 + (i % 3) * 11 - 6, 66 + Math.floor(i / 3) * 10, 8, "#5a3a7a");
    return (
      out +
      stroke("M112 28q2 -10 8 -14M66 38q2 -8 6 -11", t("#5a3d28"), 3) +
      path(
        "M12 82Q24 146 84 148H136Q196 146 208 82Q110 104 12 82Z",
        pen.linear(
          [
            [0, t(lighten(c, 0.28))],
            [0.5, t(c)],
            [1, t(darken(c, 0.3))],
          ],
          0,
          0,
          1,
          0,
        ),
      )
    );
  },
};

const wateringCan: Art = {
  kind: "object",
  w: 130,
  h: 90,
  metres: 0.4,
  settings: ["garden"],
  draw(pen, o) {
    const c = o.colours[0] ?? "#4f8fa8";
    const t = pen.tone;
    const drops = [0, 1, 2, 3, 4, 5]
      .map((i) => ellipse(118 + (i % 3) * 9, 34 + i * 13, 2.6, 5, "#8fd0f0"))
      .join("");
    return (
      stroke("M18 40Q6 6 46 22", t(darken(c, 0.25)), 7) +
      path(
        "M18 32H74L80 88H12Z",
        pen.linear(
          [
            [0, t(lighten(c, 0.25))],
            [1, t(darken(c, 0.2))],
          ],
          0,
          0,
          1,
          0,
        ),
      ) +
      stroke("M76 74L112 26", t(c), 9) +
      path("M104 14L128 32L118 36L102 24Z", t(darken(c, 0.2))) +
      drops
    );
  },
};

const book: Art = {
  kind: "object",
  w: 100,
  h: 66,
  metres: 0.3,
  settings: ["tabletop", "library"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#8c3b32", "#2f5d6a", "#5b4a7a"]);
    const t = pen.tone;
    return (
      path("M2 20Q30 8 50 20Q70 8 98 20V64Q70 54 50 66Q30 54 2 64Z", t(c)) +
      path("M6 14Q32 2 50 16V60Q30 48 6 57Z", t("#fbf5e6")) +
      path("M94 14Q68 2 50 16V60Q70 48 94 57Z", t("#efe6d0")) +
      stroke(
        "M14 22Q28 16 42 23M14 32Q28 26 42 33M14 42Q28 36 42 43M58 23Q72 16 86 22M58 33Q72 26 86 32M58 43Q72 36 86 42",
        t("#a3957f"),
        1.8,
      )
    );
  },
};

export const OBJECT_ARTS = {
  ramen,
  cup,
  vase,
  fruitBowl,
  wateringCan,
  candle,
  book,
  lantern,
  kite,
  hotAirBalloon,
  planet,
} satisfies Record<string, Art>;
