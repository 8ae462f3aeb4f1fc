import type { Art, Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, ellipse, path, poly, rect, stroke } from "../svg.ts";

const FABRICS = ["#3f6f8c", "#7f9a5f", "#c98a4b", "#8a5a7a", "#5a6a8a", "#b8604a"] as const;
const WOODS = ["#8a5a36", "#7a4c2e", "#a3713f", "#6a4630"] as const;

const sofa: Art = {
  kind: "furniture",
  w: 300,
  h: 140,
  metres: 0.95,
  settings: ["living"],
  seat: { x: 150, y: 84 },
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(FABRICS);
    const t = pen.tone;
    const back = pen.linear([
      [0, t(lighten(c, 0.12))],
      [1, t(darken(c, 0.18))],
    ]);
    const arm = (x: number) =>
      rect(
        x,
        46,
        40,
        80,
        pen.linear([
          [0, t(lighten(c, 0.16))],
          [1, t(darken(c, 0.28))],
        ]),
        17,
      ) + ellipse(x + 20, 62, 14, 10, t(lighten(c, 0.1)), { opacity: 0.6 });
    let out = "";
    for (const x of [26, 262]) out += rect(x, 120, 11, 20, t("#4a3326"), 3);
    out += rect(18, 4, 264, 100, back, 22);
    const split = pen.rnd.below(2) ? [150] : [106, 194];
    for (const x of split) out += stroke(`M${x} 12V74`, t(darken(c, 0.32)), 2, { opacity: 0.6 });
    for (let i = 0; i < 7; i++) out += circle(48 + i * 34, 38, 2.4, t(darken(c, 0.35)), { opacity: 0.6 });
    out +=
      rect(
        28,
        72,
        244,
        34,
        pen.linear([
          [0, t(lighten(c, 0.2))],
          [1, t(c)],
        ]),
        11,
      ) + stroke("M150 76V104", t(darken(c, 0.25)), 1.6);
    out += rect(26, 98, 248, 30, t(darken(c, 0.22)), 8);
    return out + arm(2) + arm(258);
  },
};

const armchair: Art = {
  kind: "furniture",
  w: 160,
  h: 160,
  metres: 1,
  settings: ["living", "library"],
  seat: { x: 80, y: 100 },
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(FABRICS);
    const t = pen.tone;
    return (
      rect(24, 140, 10, 20, t("#4a3326"), 3) +
      rect(126, 140, 10, 20, t("#4a3326"), 3) +
      path(
        "M22 130V40Q24 4 80 4Q136 4 138 40V130Z",
        pen.linear([
          [0, t(lighten(c, 0.12))],
          [1, t(darken(c, 0.2))],
        ]),
      ) +
      [0, 1, 2, 3, 4].map((i) => circle(52 + i * 14, 36 + (i % 2) * 16, 2.4, t(darken(c, 0.35)))).join("") +
      rect(
        30,
        92,
        100,
        30,
        pen.linear([
          [0, t(lighten(c, 0.2))],
          [1, t(c)],
        ]),
        10,
      ) +
      rect(26, 116, 108, 30, t(darken(c, 0.22)), 6) +
      rect(4, 66, 34, 82, t(lighten(c, 0.06)), 15) +
      rect(122, 66, 34, 82, t(darken(c, 0.1)), 15)
    );
  },
};

const bed: Art = {
  kind: "furniture",
  w: 320,
  h: 140,
  metres: 1,
  settings: ["bedroom"],
  seat: { x: 180, y: 72 },
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(FABRICS);
    const t = pen.tone;
    return (
      rect(4, 0, 20, 140, t("#7a4f34"), 6) +
      rect(298, 54, 16, 86, t("#7a4f34"), 5) +
      rect(18, 84, 284, 40, t("#9a6a48")) +
      rect(18, 62, 284, 36, t("#f3efe8"), 12) +
      path(
        "M96 62Q110 54 140 58H292Q304 64 302 112H104Q92 88 96 62Z",
        pen.linear([
          [0, t(lighten(c, 0.16))],
          [1, t(darken(c, 0.16))],
        ]),
      ) +
      ellipse(60, 56, 36, 18, t("#fbf8f2")) +
      stroke("M110 64Q102 84 112 110", t(lighten(c, 0.5)), 6)
    );
  },
};

const table: Art = {
  kind: "furniture",
  w: 280,
  h: 130,
  metres: 0.85,
  settings: ["kitchen", "living"],
  seat: { x: 140, y: 10 },
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(WOODS);
    const t = pen.tone;
    return (
      rect(34, 18, 14, 112, t(darken(c, 0.3)), 3) +
      rect(232, 18, 14, 112, t(darken(c, 0.3)), 3) +
      rect(20, 16, 240, 16, t(darken(c, 0.22))) +
      poly(
        [
          [16, 4],
          [264, 4],
          [280, 18],
          [0, 18],
        ],
        pen.linear([
          [0, t(lighten(c, 0.28))],
          [1, t(c)],
        ]),
      ) +
      rect(0, 18, 280, 7, t(darken(c, 0.12)), 2)
    );
  },
};

const bookshelf: Art = {
  kind: "furniture",
  w: 180,
  h: 260,
  metres: 2.1,
  settings: ["library", "living"],
  draw: (pen, o) => shelf(pen, 0, 0, 180, 260, 5, o.colours[0]),
};

/** A shelf filled with books. */
export function shelf(
  pen: Pen,
  x: number,
  y: number,
  w: number,
  h: number,
  rows: number,
  colour?: string,
): string {
  const wood = colour ?? pen.rnd.pick(WOODS);
  const t = pen.tone;
  const spines = [
    "#8c3b32",
    "#2f5d6a",
    "#c79a4a",
    "#4a5f3a",
    "#5b4a7a",
    "#d9cbb0",
    "#6b3f2a",
    "#27496d",
    "#a8603a",
  ];
  let out = rect(x, y, w, h, t(darken(wood, 0.35))) + rect(x, y, w, 6, t(wood));
  const rh = (h - 6) / rows;
  for (let r = 0; r < rows; r++) {
    const base = y + 6 + (r + 1) * rh - 5;
    let cx = x + 7;
    while (cx < x + w - 14) {
      const bw = 7 + pen.rnd.below(8);
      const bh = rh * (0.58 + pen.rnd.next() * 0.26);
      if (pen.rnd.next() < 0.07) {
        cx += 10;
        continue;
      }
      const c = pen.rnd.pick(spines);
      out += rect(cx, base - bh, bw, bh, t(c), 1);
      if (bw > 10) out += rect(cx, base - bh * 0.82, bw, 3, t(lighten(c, 0.4)));
      cx += bw + 1;
    }
    out += rect(x, base, w, 5, t(wood));
  }
  return out + rect(x, y, 6, h, t(lighten(wood, 0.08))) + rect(x + w - 6, y, 6, h, t(darken(wood, 0.1)));
}

const lamp: Art = {
  kind: "furniture",
  w: 70,
  h: 200,
  metres: 1.6,
  settings: ["living"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#f0dcae", "#e9c9a0", "#d9e0d6"]);
    const shade = pen.pal.lit ? "#ffdf9c" : pen.tone(c);
    return (
      rect(33, 60, 4, 134, pen.tone("#5a4a40")) +
      ellipse(35, 195, 22, 5, pen.tone("#4a3c34")) +
      path(
        "M18 6H52L66 62H4Z",
        pen.linear([
          [0, pen.pal.lit ? "#ffe9bd" : lighten(shade, 0.25)],
          [1, shade],
        ]),
      )
    );
  },
};

const fireplace: Art = {
  kind: "furniture",
  w: 200,
  h: 170,
  metres: 1.5,
  settings: ["living"],
  draw(pen) {
    const t = pen.tone;
    let out = rect(10, 14, 180, 156, t("#a06a54"));
    for (let r = 0; r < 10; r++)
      for (let i = 0; i < 7; i++)
        out += rect(
          12 + i * 26 + (r % 2) * 10 - 6,
          26 + r * 14.6,
          22,
          11,
          t(pen.rnd.pick(["#8f5a46", "#a8705a", "#97624e"])),
          1,
        );
    out += rect(0, 4, 200, 16, t("#6a4430"), 3) + path("M46 170V96Q100 58 154 96V170Z", "#1d1412");
    out +=
      ellipse(100, 160, 46, 16, "#7a2f14", { opacity: 0.6 }) +
      path(
        "M70 162Q62 128 84 112Q82 128 94 130Q90 104 108 90Q106 114 122 124Q126 116 124 110Q142 136 130 162Z",
        "#f0802a",
      ) +
      path("M84 162Q80 140 96 132Q98 142 106 124Q122 142 114 162Z", "#ffd45a") +
      rect(64, 156, 74, 9, "#4a2c1c", 4);
    return out;
  },
};

const chair: Art = {
  kind: "furniture",
  w: 100,
  h: 170,
  metres: 0.95,
  settings: ["kitchen", "living"],
  seat: { x: 52, y: 92 },
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(WOODS);
    const t = pen.tone;
    return (
      rect(14, 0, 9, 170, t(darken(c, 0.1)), 3) +
      rect(76, 92, 9, 78, t(darken(c, 0.25)), 3) +
      rect(30, 96, 7, 60, t(darken(c, 0.35)), 2) +
      rect(14, 6, 64, 14, t(c), 5) +
      rect(14, 34, 62, 10, t(c), 4) +
      rect(68, 4, 8, 90, t(darken(c, 0.2)), 3) +
      rect(10, 88, 82, 12, t(lighten(c, 0.12)), 4)
    );
  },
};

const piano: Art = {
  kind: "furniture",
  w: 260,
  h: 190,
  metres: 1.4,
  settings: ["stage", "living"],
  draw(pen, o) {
    const c = o.colours[0] ?? "#26242c";
    const t = pen.tone;
    let out =
      path("M70 70Q120 10 240 0L228 84H80Z", t(lighten(c, 0.08))) + rect(226, 10, 4, 78, t(darken(c, 0.3)));
    out +=
      path(
        "M20 96Q20 80 46 80H240Q252 84 248 112H20Z",
        pen.linear([
          [0, t(lighten(c, 0.3))],
          [1, t(c)],
        ]),
      ) +
      rect(8, 98, 84, 16, t(c), 3) +
      rect(12, 95, 74, 8, t("#f4f1ea"));
    for (let i = 0; i < 10; i++) out += rect(16 + i * 7, 95, 3, 5, "#1c1a20");
    for (const x of [28, 150, 232])
      out += path(`M${x} 112H${x + 14}L${x + 10} 186H${x + 4}Z`, t(c)) + circle(x + 7, 187, 4, t("#c9a24a"));
    return out;
  },
};

export const FURNITURE_ARTS = {
  sofa,
  armchair,
  bed,
  table,
  bookshelf,
  lamp,
  fireplace,
  chair,
  piano,
} satisfies Record<string, Art>;
