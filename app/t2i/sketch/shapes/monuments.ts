import type { Art, Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, path, poly, rect, stroke } from "../svg.ts";
import { GLOW } from "./panes.ts";

export const lighthouse: Art = {
  kind: "landmark",
  w: 120,
  h: 340,
  metres: 22,
  settings: ["sea"],
  draw(pen, { colours }) {
    const { rnd } = pen;
    const stripe = colours[0] ?? rnd.pick(["#c8313a", "#c8313a", "#b62b34", "#26437a"]);
    const wall = pen.linear(
      [
        [0, pen.tone("#cfd2d6")],
        [0.3, pen.tone("#fbf8f1")],
        [0.65, pen.tone("#e4e2de")],
        [1, pen.tone("#8f959f")],
      ],
      0,
      0,
      1,
      0,
    );
    const red = pen.linear(
      [
        [0, pen.tone(darken(stripe, 0.2))],
        [0.3, pen.tone(lighten(stripe, 0.14))],
        [1, pen.tone(darken(stripe, 0.45))],
      ],
      0,
      0,
      1,
      0,
    );
    const half = (y: number) => 20 + ((y - 70) / 270) * 19;
    const band = (y0: number, y1: number, fill: string) =>
      poly(
        [
          [60 - half(y0), y0],
          [60 + half(y0), y0],
          [60 + half(y1), y1],
          [60 - half(y1), y1],
        ],
        fill,
      );
    let out = band(70, 340, wall);
    const bands = 2 + rnd.below(2);
    const step = 262 / (bands * 2 + 1);
    for (let i = 0; i < bands; i++) out += band(74 + step * (i * 2 + 1), 74 + step * (i * 2 + 2), red);
    for (let i = 0; i < 3; i++) {
      out +=
        rect(56, 112 + i * 74, 9, 15, pen.tone("#3c3f4d"), 4.5) +
        rect(57.5, 113.5 + i * 74, 6, 12, pen.pal.lit ? GLOW : pen.tone("#8fb0c4"), 3);
    }
    out += path("M50 340V316Q60 300 70 316V340Z", pen.tone("#4a3a36"));
    // Gallery, lantern room and dome.
    out += rect(33, 62, 54, 9, pen.tone("#3b3f4c"), 2) + stroke("M32 50H88", pen.tone("#3b3f4c"), 2.4);
    for (let i = 0; i <= 6; i++) out += rect(32 + i * 9, 50, 1.6, 14, pen.tone("#3b3f4c"));
    out += rect(44, 30, 32, 32, pen.pal.lit ? "#ffe9a8" : pen.tone("#bfe0ea"));
    if (pen.pal.lit) out += circle(60, 46, 12, "#fffbe6");
    for (const x of [44, 54, 64, 74]) out += rect(x, 30, 2, 32, pen.tone("#3b3f4c"));
    out +=
      path("M38 31Q40 10 60 6Q80 10 82 31Z", red) +
      rect(58.5, -6, 3, 14, pen.tone("#3b3f4c")) +
      circle(60, -6, 3.4, pen.tone("#3b3f4c"));
    return out;
  },
};

function tower(
  pen: Pen,
  x: number,
  w: number,
  top: number,
  bottom: number,
  stone: string,
  roof: string,
): string {
  const body = pen.linear(
    [
      [0, pen.tone(lighten(stone, 0.16))],
      [1, pen.tone(darken(stone, 0.24))],
    ],
    0,
    0,
    1,
    0,
  );
  let out = rect(x, top, w, bottom - top, body);
  out += rect(x - 5, top - 8, w + 10, 12, body);
  const merlons = 4;
  for (let i = 0; i < merlons; i++)
    out += rect(x - 5 + (i * (w + 10)) / merlons + 1, top - 15, (w + 10) / merlons / 1.7, 8, body);
  out += poly(
    [
      [x - 4, top - 10],
      [x + w / 2, top - w * 1.5],
      [x + w + 4, top - 10],
    ],
    pen.tone(roof),
  );
  out += poly(
    [
      [x + w / 2, top - 10],
      [x + w / 2, top - w * 1.5],
      [x + w + 4, top - 10],
    ],
    pen.tone(darken(roof, 0.25)),
  );
  out += stroke(`M${x + w / 2} ${top - w * 1.5}V${top - w * 1.5 - 18}`, pen.tone("#4a4652"), 2);
  out += path(`M${x + w / 2} ${top - w * 1.5 - 18}q9 3 16 0v10q-8 3 -16 0Z`, pen.tone(pen.pal.accent));
  const rows = Math.max(1, Math.floor((bottom - top) / 70));
  for (let i = 0; i < rows; i++) {
    out += path(
      `M${x + w / 2 - 4} ${top + 34 + i * 60}v-12q4 -7 8 0v12Z`,
      pen.pal.lit ? GLOW : pen.tone("#3d3a48"),
    );
  }
  return out;
}

export const castle: Art = {
  kind: "landmark",
  w: 300,
  h: 280,
  metres: 26,
  settings: ["mountains", "meadow", "lake"],
  draw(pen, { colours }) {
    const { rnd } = pen;
    const stone = colours[0] ?? rnd.pick(["#b9b2aa", "#c8bca8", "#a9adb8", "#d3c6b8"]);
    const roof = colours[1] ?? rnd.pick(["#6b4a7a", "#a2473c", "#3e5a86", "#4b6b62"]);
    let out =
      tower(pen, 128, 46, 90 - rnd.below(20), 280, stone, roof) +
      tower(pen, 82, 32, 130, 280, darken(stone, 0.08), roof) +
      tower(pen, 190, 34, 118 + rnd.below(20), 280, darken(stone, 0.08), roof);
    out += rect(30, 196, 240, 84, pen.tone(darken(stone, 0.06)));
    for (let i = 0; i < 14; i++) out += rect(32 + i * 17.3, 186, 10, 12, pen.tone(darken(stone, 0.06)));
    for (let i = 0; i < 26; i++)
      out += rect(34 + rnd.below(220), 206 + rnd.below(62), 11, 4, pen.tone(darken(stone, 0.16)), 1, {
        opacity: 0.6,
      });
    out += tower(pen, 12, 38, 166, 280, stone, roof) + tower(pen, 250, 38, 166, 280, stone, roof);
    out +=
      path("M124 280V240Q150 206 176 240V280Z", pen.tone("#3a302c")) +
      stroke(
        "M132 280V236M141 280V228M150 280V224M159 280V228M168 280V236M126 250H174M126 264H174",
        pen.tone("#6a5648"),
        1.6,
      );
    return out;
  },
};

export const greekTemple: Art = {
  kind: "landmark",
  w: 320,
  h: 210,
  metres: 15,
  settings: ["meadow", "mountains", "sea"],
  draw(pen, { colours }) {
    const base = colours[0] ?? pen.rnd.pick(["#efe8da", "#e8dcc4", "#e3e3e0"]);
    const shade = pen.tone(darken(base, 0.24));
    let out = rect(34, 76, 252, 110, pen.tone(darken(base, 0.55)));
    for (let i = 0; i < 6; i++) {
      const x = 40 + i * 44;
      out += rect(
        x,
        78,
        22,
        108,
        pen.linear(
          [
            [0, pen.tone(darken(base, 0.2))],
            [0.35, pen.tone(lighten(base, 0.4))],
            [1, pen.tone(darken(base, 0.34))],
          ],
          0,
          0,
          1,
          0,
        ),
      );
      out +=
        stroke(`M${x + 6} 84V182M${x + 11} 84V182M${x + 16} 84V182`, shade, 1, { opacity: 0.6 }) +
        rect(x - 4, 72, 30, 8, pen.tone(base), 2) +
        rect(x - 4, 182, 30, 6, pen.tone(base));
    }
    out += rect(24, 54, 272, 20, pen.tone(base)) + rect(24, 68, 272, 4, shade);
    out +=
      poly(
        [
          [16, 54],
          [160, 6],
          [304, 54],
        ],
        pen.tone(lighten(base, 0.15)),
      ) +
      poly(
        [
          [50, 50],
          [160, 15],
          [270, 50],
        ],
        shade,
      );
    out +=
      rect(22, 188, 276, 8, pen.tone(lighten(base, 0.2))) +
      rect(12, 196, 296, 7, pen.tone(base)) +
      rect(2, 203, 316, 7, shade);
    return out;
  },
};
