import type { Art } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, ellipse, path, stroke } from "../svg.ts";

/** A horse in side view, also unicorn and donkey. */
export function horse(kind: "horse" | "unicorn" | "zebra"): Art {
  return {
    kind: "creature",
    w: 220,
    h: 200,
    metres: 1.9,
    settings: ["meadow", "beach", "desert"],
    seat: { x: 98, y: 88 },
    draw(pen, o) {
      const base =
        o.colours[0] ??
        (kind === "unicorn"
          ? "#f4f1f5"
          : kind === "zebra"
            ? "#efece6"
            : pen.rnd.pick(["#8a5431", "#6f4128", "#a5683c", "#5b4a44"]));
      const mane =
        kind === "unicorn"
          ? pen.rnd.pick(["#c58fd0", "#8fb4e0", "#e79ab8"])
          : kind === "zebra"
            ? "#2d2a2c"
            : (o.colours[1] ?? darken(base, 0.55));
      const far = pen.tone(darken(base, 0.28));
      const near = pen.tone(base);
      const body = pen.linear([
        [0, pen.tone(lighten(base, 0.14))],
        [1, pen.tone(darken(base, 0.2))],
      ]);
      const run = o.pose === "walk" || pen.rnd.next() < 0.5;
      const legs: [number, number, number, string][] = run
        ? [
            [62, 30, 168, far],
            [150, 186, 160, far],
            [52, 72, 176, near],
            [142, 132, 178, near],
          ]
        : [
            [66, 70, 196, far],
            [150, 152, 196, far],
            [52, 50, 196, near],
            [138, 138, 196, near],
          ];
      const leg = ([x, fx, fy, fill]: [number, number, number, string]) => {
        const kx = (x + fx) / 2 + (run ? 9 : 2);
        const ky = (120 + fy) / 2;
        return (
          stroke(`M${x} 118L${kx} ${ky}`, fill, 15) +
          stroke(`M${kx} ${ky}L${fx} ${fy - 6}`, fill, 9.5) +
          ellipse(fx + 3, fy - 4, 8, 5, pen.tone(darken(mane, 0.3)))
        );
      };
      let out = stroke("M34 88Q8 96 14 136Q16 150 8 158", pen.tone(mane), 13) + leg(legs[0]!) + leg(legs[1]!);
      out += path(
        "M30 98Q30 76 62 78Q100 90 134 78Q168 76 168 104Q166 134 138 132Q100 128 68 136Q34 134 30 98Z",
        body,
      );
      out += leg(legs[2]!) + leg(legs[3]!);
      out += path("M130 96Q138 58 166 34L186 42Q176 76 164 112Q148 124 130 96Z", near);
      out += path("M162 40Q166 22 182 22Q196 26 214 62Q214 72 204 72Q190 62 176 60Q162 58 162 40Z", near);
      out +=
        path("M164 30L162 8L178 24Z", near) +
        circle(186, 40, 3.2, pen.tone("#1e1a1a")) +
        circle(207, 64, 2, pen.tone(darken(base, 0.5)));
      out +=
        path("M166 20Q140 32 128 84Q124 94 116 92Q126 40 158 18Z", pen.tone(mane)) +
        path("M166 18Q180 16 184 30Q174 28 168 32Z", pen.tone(mane));
      if (kind === "unicorn") out += path("M178 22L206 -14L188 28Z", pen.tone("#f0cf70"));
      if (kind === "zebra")
        out += stroke(
          "M60 82q6 20 0 46M80 86q6 18 0 42M100 88q6 18 0 38M120 84q6 20 2 44M140 84l6 20M150 62l18 10M158 50l18 10",
          pen.tone(mane),
          5,
        );
      return out;
    },
  };
}

/** A winged dragon, sitting. */
export const dragon: Art = {
  kind: "creature",
  w: 240,
  h: 220,
  metres: 4,
  settings: ["mountains", "cave", "sky"],
  hand: { x: 178, y: 166 },
  seat: { x: 110, y: 120 },
  draw(pen, o) {
    const base = o.colours[0] ?? pen.rnd.pick(["#3f8f5f", "#a83c36", "#4a6fa8", "#7a4f9a"]);
    const belly = lighten(base, 0.62);
    const t = pen.tone;
    const body = pen.linear(
      [
        [0, t(lighten(base, 0.16))],
        [1, t(darken(base, 0.22))],
      ],
      0,
      0,
      1,
      1,
    );
    const wing = (fill: string, dx: number, dy: number) =>
      path(
        `M${104 + dx} ${110 + dy}Q${70 + dx} ${20 + dy} ${6 + dx} ${8 + dy}Q${30 + dx} ${44 + dy} ${22 + dx} ${74 + dy}Q${46 + dx} ${66 + dy} ${54 + dx} ${96 + dy}Q${76 + dx} ${86 + dy} ${84 + dx} ${124 + dy}Z`,
        fill,
      ) +
      stroke(
        `M${104 + dx} ${110 + dy}Q${60 + dx} ${40 + dy} ${6 + dx} ${8 + dy}M${98 + dx} ${104 + dy}Q${60 + dx} ${74 + dy} ${22 + dx} ${74 + dy}M${98 + dx} ${110 + dy}L${54 + dx} ${96 + dy}`,
        t(darken(base, 0.35)),
        3,
      );
    let out = wing(t(darken(lighten(base, 0.1), 0.3)), 34, -10);
    out +=
      stroke("M78 196Q20 214 14 176Q12 156 32 152", t(base), 17) +
      path("M24 160L44 132L50 164Z", t(darken(base, 0.2)));
    out += path("M72 210Q58 150 100 118Q120 96 134 64L168 70Q166 120 172 160Q176 196 160 212Z", body);
    out += path("M150 78Q150 120 158 160Q164 196 152 211H122Q136 160 136 112Z", t(belly));
    for (let i = 0; i < 6; i++)
      out += stroke(
        `M${139 - i * 2.4} ${110 + i * 17}Q${148 + i} ${114 + i * 17} ${152 + i * 1.6} ${108 + i * 17}`,
        t(darken(belly, 0.22)),
        2,
      );
    out += path("M126 72Q118 40 146 30Q176 20 214 52Q222 64 206 72Q184 74 168 84Q134 96 126 72Z", t(base));
    out +=
      path("M166 80Q190 68 210 70Q216 66 214 60Q190 62 168 72Z", t(belly)) +
      circle(166, 48, 7, "#ffe69a") +
      ellipse(167.5, 48, 2.6, 6, "#221a1a") +
      circle(205, 52, 2.6, t(darken(base, 0.5)));
    out +=
      path("M140 34Q120 20 112 -2Q138 8 154 28Z", t("#ead9b0")) +
      path("M152 30Q140 12 140 -6Q158 8 164 26Z", t("#ead9b0"));
    for (let i = 0; i < 7; i++)
      out += path(
        `M${126 - i * 6} ${62 + i * 13}L${106 - i * 7} ${58 + i * 14}L${119 - i * 6.4} ${77 + i * 12}Z`,
        t(darken(base, 0.3)),
      );
    out += wing(t(mixWing(base)), 0, 0);
    out +=
      ellipse(98, 190, 30, 24, t(darken(base, 0.08))) +
      ellipse(112, 213, 26, 8, t(base)) +
      stroke("M152 138Q172 150 178 164", t(base), 13) +
      ellipse(180, 167, 9, 7, t(base)) +
      ellipse(158, 213, 22, 7, t(lighten(base, 0.08)));
    for (const x of [92, 104, 116, 150, 162, 174]) out += ellipse(x, 217, 4, 3, t("#ead9b0"));
    return out;
  },
};

function mixWing(base: string): string {
  return lighten(base, 0.28);
}
