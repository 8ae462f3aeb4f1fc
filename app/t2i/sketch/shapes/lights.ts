import type { Art } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, ellipse, path, poly, rect, stroke } from "../svg.ts";

export const candle: Art = {
  kind: "object",
  w: 60,
  h: 160,
  metres: 0.25,
  settings: ["tabletop"],
  draw(pen, o) {
    const c = o.colours[0] ?? "#f3ead6";
    return (
      circle(
        30,
        38,
        80,
        pen.radial([
          [0, "#ffdc8a", 0.75],
          [0.3, "#ffb84a", 0.3],
          [1, "#ff9a2a", 0],
        ]),
      ) +
      rect(
        14,
        62,
        32,
        92,
        pen.linear(
          [
            [0, pen.tone(lighten(c, 0.3))],
            [1, pen.tone(darken(c, 0.25))],
          ],
          0,
          0,
          1,
          0,
        ),
        4,
      ) +
      ellipse(30, 63, 16, 4, "#fff1cc") +
      stroke("M30 62V52", "#3a2c22", 2) +
      path("M30 18Q42 40 36 50Q30 58 24 50Q18 40 30 18Z", "#ffb52e") +
      path("M30 30Q36 44 33 50Q30 54 27 50Q24 44 30 30Z", "#fff3c0") +
      ellipse(30, 156, 28, 5, pen.tone("#a3803f"))
    );
  },
};

export const lantern: Art = {
  kind: "object",
  w: 80,
  h: 130,
  metres: 0.4,
  settings: ["street", "garden", "tabletop"],
  draw(pen, o) {
    const c = o.colours[0] ?? "#3c3a44";
    return (
      circle(
        40,
        76,
        90,
        pen.radial([
          [0, "#ffd884", 0.6],
          [0.4, "#ffb84a", 0.22],
          [1, "#ff9a2a", 0],
        ]),
      ) +
      stroke("M24 34Q40 -4 56 34", pen.tone(c), 4) +
      path("M18 44L40 24L62 44Z", pen.tone(c)) +
      rect(20, 44, 40, 66, "#ffe3a0") +
      path("M40 60Q52 84 46 96Q40 104 34 96Q28 84 40 60Z", "#ffab2e") +
      [20, 38, 56].map((x) => rect(x, 44, 4, 66, pen.tone(c))).join("") +
      rect(12, 108, 56, 10, pen.tone(c), 3) +
      rect(18, 118, 44, 8, pen.tone(darken(c, 0.2)), 3)
    );
  },
};

export const kite: Art = {
  kind: "flyer",
  w: 120,
  h: 170,
  metres: 0.9,
  settings: ["beach", "meadow"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#d9413f", "#2f7fb8", "#e8a52e", "#8f4fa8"]);
    const d = o.colours[1] ?? pen.rnd.pick(["#f4d03f", "#f0f0ea", "#3fae8a"]);
    const t = pen.tone;
    let out =
      poly(
        [
          [70, 2],
          [112, 50],
          [60, 66],
        ],
        t(c),
      ) +
      poly(
        [
          [70, 2],
          [28, 38],
          [60, 66],
        ],
        t(d),
      ) +
      poly(
        [
          [28, 38],
          [60, 66],
          [46, 120],
        ],
        t(lighten(c, 0.15)),
      ) +
      poly(
        [
          [112, 50],
          [60, 66],
          [46, 120],
        ],
        t(darken(d, 0.16)),
      );
    out += stroke("M46 120Q30 136 44 148T30 170", t(darken(c, 0.3)), 2);
    for (const [x, y] of [
      [40, 134],
      [40, 150],
      [32, 164],
    ] as const)
      out +=
        poly(
          [
            [x - 8, y - 5],
            [x, y],
            [x - 8, y + 5],
          ],
          t(c),
        ) +
        poly(
          [
            [x + 8, y - 5],
            [x, y],
            [x + 8, y + 5],
          ],
          t(d),
        );
    return out;
  },
};

export const hotAirBalloon: Art = {
  kind: "flyer",
  w: 160,
  h: 220,
  metres: 16,
  settings: ["sky", "mountains", "desert", "meadow"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#d9503f", "#3f7fb0", "#e0a02e", "#7f5ab0", "#2f9a80"]);
    const d = o.colours[1] ?? pen.rnd.pick(["#f7e6c4", "#f4c94a", "#f3f0ea"]);
    const t = pen.tone;
    const shape = "M80 4C150 4 166 70 148 106Q128 142 104 168H56Q32 142 12 106C-6 70 10 4 80 4Z";
    let out = path(shape, t(c));
    out +=
      path("M80 4C114 4 130 70 118 110Q104 146 94 168H66Q56 146 42 110C30 70 46 4 80 4Z", t(d)) +
      path("M80 4C96 4 102 70 98 110Q92 146 86 168H74Q68 146 62 110C58 70 64 4 80 4Z", t(c));
    out += path(
      shape,
      pen.linear(
        [
          [0, "#ffffff", 0.28],
          [0.5, "#ffffff", 0],
          [1, "#10142c", 0.3],
        ],
        0,
        0,
        1,
        0,
      ),
    );
    if (pen.pal.dark)
      out += ellipse(
        80,
        132,
        44,
        50,
        pen.radial([
          [0, "#ffdf8a", 0.8],
          [1, "#ffb03a", 0],
        ]),
      );
    return (
      out +
      stroke("M58 168L66 196M102 168L94 196", t("#5a4636"), 2) +
      rect(62, 194, 36, 24, t("#8a5c38"), 4) +
      stroke("M62 202H98", t("#6a4428"), 2)
    );
  },
};

export const planet: Art = {
  kind: "celestial",
  w: 200,
  h: 200,
  metres: 400,
  settings: ["space"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#c8814f", "#5f8fc0", "#8a6fb8", "#5fa890", "#c85f6a"]);
    const d = lighten(c, 0.3);
    const clip = pen.clip(circle(100, 100, 78, "#fff"));
    let out = circle(100, 100, 78, c);
    out += `<g clip-path="${clip}">${[30, 62, 84, 112, 138].map((y, i) => path(`M10 ${y}Q70 ${y - 12 + (i % 3) * 9} 110 ${y + 2}T190 ${y - 3}V${y + 12 + (i % 2) * 8}Q120 ${y + 22} 80 ${y + 12}T10 ${y + 14}Z`, i % 2 ? d : darken(c, 0.15), { opacity: 0.6 })).join("")}${circle(
      140,
      132,
      110,
      pen.radial([
        [0, "#05060f", 0],
        [0.5, "#05060f", 0],
        [1, "#05060f", 0.05],
      ]),
    )}${rect(
      0,
      0,
      200,
      200,
      pen.linear(
        [
          [0.3, "#04050d", 0],
          [1, "#04050d", 0.8],
        ],
        0,
        0.1,
        1,
        0.9,
      ),
    )}</g>`;
    if (pen.rnd.next() < 0.6 || o.traits.includes("ring")) {
      out += `<g transform="rotate(-18 100 100)">${stroke("M4 100A96 24 0 0 0 196 100", lighten(c, 0.5), 10, { opacity: 0.85 })}${stroke("M22 96A78 16 0 0 0 178 96", darken(c, 0.1), 4, { opacity: 0.8 })}</g>`;
    }
    return out;
  },
};
