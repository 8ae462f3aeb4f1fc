import type { Art } from "../art.ts";
import { darken, lighten, mix } from "../colour.ts";
import { circle, ellipse, path, poly, rect, stroke } from "../svg.ts";

const boat: Art = {
  kind: "boat",
  w: 240,
  h: 130,
  metres: 2.4,
  settings: ["sea", "lake"],
  floats: true,
  seat: { x: 130, y: 84 },
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#2f6f8c", "#b8503f", "#4f7a5a", "#d9a23f"]);
    const t = pen.tone;
    let out =
      rect(150, 8, 5, 78, t("#6a4a34")) +
      stroke("M152 12L60 66M152 12L226 70", t("#5a4a40"), 1.6) +
      path("M155 14q14 2 22 6q-10 6 -22 8Z", t("#c8413a"));
    out +=
      rect(76, 34, 52, 40, t("#efe6d4"), 3) +
      rect(70, 28, 64, 9, t(darken(c, 0.1)), 3) +
      rect(84, 44, 14, 14, pen.pal.lit ? "#ffd27a" : t("#6f9ab0"), 2) +
      rect(106, 44, 14, 14, pen.pal.lit ? "#ffd27a" : t("#6f9ab0"), 2);
    out += path(
      "M4 58Q30 74 70 74H190Q222 72 238 52Q232 110 204 130H46Q14 112 4 58Z",
      pen.linear([
        [0, t(lighten(c, 0.14))],
        [1, t(darken(c, 0.35))],
      ]),
    );
    out +=
      stroke("M5 60Q32 77 70 77H190Q220 74 236 55", t("#f3ead8"), 5) +
      path("M12 96Q60 106 120 106T228 94Q222 116 204 130H46Q22 118 12 96Z", t(darken(c, 0.5)), {
        opacity: 0.55,
      });
    return out + circle(180, 90, 6, t("#e8dcc4")) + stroke("M196 76q10 18 0 34", t("#d9c9a0"), 2);
  },
};

const rowboat: Art = {
  kind: "boat",
  w: 220,
  h: 60,
  metres: 1,
  settings: ["lake", "river"],
  floats: true,
  seat: { x: 110, y: 26 },
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#8a5a36", "#a3502f", "#5f7f6a", "#3f6f8c"]);
    const t = pen.tone;
    return (
      path(
        "M2 8Q110 36 218 8Q206 50 176 58H44Q14 50 2 8Z",
        pen.linear([
          [0, t(lighten(c, 0.18))],
          [1, t(darken(c, 0.36))],
        ]),
      ) +
      stroke("M3 9Q110 38 217 9", t(lighten(c, 0.42)), 5) +
      stroke("M12 26Q110 50 208 26", t(darken(c, 0.3)), 2) +
      stroke("M120 22L190 66", t("#c9a06a"), 5) +
      ellipse(192, 66, 13, 5, t("#c9a06a"))
    );
  },
};

function sails(masts: number): Art {
  return {
    kind: "boat",
    w: 240,
    h: 260,
    metres: masts > 1 ? 18 : 7,
    settings: ["sea", "lake"],
    floats: true,
    seat: { x: 90, y: 212 },
    draw(pen, o) {
      const sail = o.colours[0] ?? pen.rnd.pick(["#f6efe0", "#f3e3c4", "#e8ecee"]);
      const hull = o.colours[1] ?? pen.rnd.pick(["#7a4a30", "#a8423a", "#2f4a6a", "#f0ece2"]);
      const t = pen.tone;
      let out = "";
      if (masts === 1) {
        out +=
          rect(116, 8, 5, 206, t("#6a4a34")) +
          path(
            "M124 16Q214 120 222 198H124Z",
            pen.linear(
              [
                [0, t(lighten(sail, 0.3))],
                [1, t(darken(sail, 0.18))],
              ],
              0,
              0,
              1,
              0.4,
            ),
          ) +
          path(
            "M112 34Q60 130 34 196H112Z",
            pen.linear(
              [
                [0, t(darken(sail, 0.06))],
                [1, t(darken(sail, 0.24))],
              ],
              0,
              0,
              1,
              0,
            ),
          ) +
          path("M118 8q14 2 22 8q-10 4 -22 5Z", t("#d9503f"));
      } else {
        for (const [x, h] of [
          [52, 150],
          [116, 196],
          [180, 160],
        ] as const) {
          out += rect(x - 2, 208 - h, 4, h, t("#5a4030"));
          for (let i = 0; i < 3; i++) {
            const w = 26 + i * 5;
            const y = 214 - h + i * (h / 3.4);
            out += path(
              `M${x - w} ${y}Q${x} ${y + 5} ${x + w} ${y}Q${x + w + 11} ${y + h / 7} ${x + w} ${y + h / 3.9}Q${x} ${y + h / 5} ${x - w} ${y + h / 3.9}Q${x - w + 11} ${y + h / 7} ${x - w} ${y}Z`,
              pen.linear(
                [
                  [0, t(lighten(sail, 0.3))],
                  [1, t(darken(sail, 0.2))],
                ],
                0,
                0,
                1,
                0.5,
              ),
            );
          }
        }
        out += stroke("M208 212L252 186", t("#5a4030"), 4);
      }
      return (
        out +
        path(
          "M6 204Q60 216 120 216T236 200Q226 246 200 258H50Q20 246 6 204Z",
          pen.linear([
            [0, t(lighten(hull, 0.1))],
            [1, t(darken(hull, 0.4))],
          ]),
        ) +
        stroke("M8 207Q60 219 120 219T234 204", t(mix(hull, "#f0d9a0", 0.6)), 4)
      );
    },
  };
}

const car: Art = {
  kind: "vehicle",
  w: 280,
  h: 120,
  metres: 1.7,
  settings: ["street", "desert", "mountains"],
  seat: { x: 140, y: 12 },
  draw(pen, o) {
    const vintage = o.traits.includes("old") || pen.rnd.next() < 0.4;
    const c = o.colours[0] ?? pen.rnd.pick(["#c8413a", "#3f9a94", "#e0b84a", "#4a74a8", "#efe4cc"]);
    const t = pen.tone;
    const paint = pen.linear([
      [0, t(lighten(c, 0.26))],
      [0.5, t(c)],
      [1, t(darken(c, 0.3))],
    ]);
    const glass = pen.linear(
      [
        [0, t("#bfdbe6")],
        [1, t("#6f98ad")],
      ],
      0,
      0,
      1,
      1,
    );
    const wheel = (x: number) =>
      circle(x, 94, 25, t("#22232a")) +
      circle(x, 94, 15, t(vintage ? "#f3efe6" : "#aab2bc")) +
      circle(x, 94, 8, t("#c5ccd4")) +
      circle(x, 94, 3, t("#5a6068"));
    let out = "";
    if (vintage) {
      out +=
        path("M74 50Q92 10 128 8H164Q190 12 206 50Z", paint) +
        path("M86 48Q98 20 126 18V48Z", glass) +
        path("M134 18H160Q180 22 190 48H134Z", glass);
      out +=
        path("M6 84Q4 58 36 54Q70 48 96 48H208Q252 50 268 62Q278 72 276 90H6Z", paint) +
        path("M8 66Q-8 58 10 46Q34 44 52 52Z", paint);
      out += rect(2, 82, 276, 9, t("#d5dae0"), 4) + stroke("M30 66H250", t(lighten(c, 0.55)), 3);
    } else {
      out +=
        path("M60 54Q90 12 124 10H176Q204 14 226 54Z", paint) +
        path("M76 52Q96 22 124 20H140V52Z", glass) +
        path("M148 20H174Q194 24 210 52H148Z", glass);
      out +=
        path("M6 88Q2 58 40 54H226Q270 58 274 74Q278 88 272 92H6Z", paint) +
        stroke("M144 56V88", t(darken(c, 0.35)), 1.6);
    }
    out +=
      path("M30 92A34 34 0 0 1 96 92Z", t(darken(c, 0.6))) +
      path("M182 92A34 34 0 0 1 248 92Z", t(darken(c, 0.6))) +
      wheel(63) +
      wheel(215);
    if (pen.pal.dark)
      out += poly(
        [
          [270, 64],
          [420, 40],
          [420, 120],
        ],
        pen.linear(
          [
            [0, "#fff0b8", 0.7],
            [1, "#fff0b8", 0],
          ],
          0,
          0,
          1,
          0,
        ),
      );
    return (
      out +
      ellipse(267, 68, 7, 8, pen.pal.lit ? "#fff3c4" : t("#f6eccb")) +
      rect(6, 64, 8, 10, t("#d9413a"), 2)
    );
  },
};

const locomotive: Art = {
  kind: "vehicle",
  w: 320,
  h: 130,
  metres: 4,
  settings: ["mountains", "meadow"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#2f4a3f", "#8f2f2f", "#2b2d38"]);
    const t = pen.tone;
    const body = pen.linear([
      [0, t(lighten(c, 0.3))],
      [0.5, t(c)],
      [1, t(darken(c, 0.4))],
    ]);
    let out = [0, 1, 2, 3]
      .map((i) =>
        ellipse(262 - i * i * 16, 4 - i * 17, 14 + i * 8, 11 + i * 6, mix(pen.pal.cloud, "#ffffff", 0.3), {
          opacity: 0.85 - i * 0.16,
        }),
      )
      .join("");
    out +=
      rect(0, 44, 84, 58, body, 4) +
      path("M6 44Q44 22 80 44Z", t("#3a3028")) +
      rect(96, 18, 66, 84, body, 3) +
      rect(90, 10, 78, 11, t(darken(c, 0.4)), 4) +
      rect(108, 32, 40, 26, pen.pal.lit ? "#ffd27a" : t("#8fb3c0"), 2);
    out +=
      rect(158, 46, 140, 48, body, 20) +
      rect(252, 16, 20, 34, t(darken(c, 0.3))) +
      rect(247, 10, 30, 9, t(darken(c, 0.45)), 3) +
      ellipse(200, 44, 14, 10, t("#c9a24a")) +
      circle(298, 60, 7, pen.pal.lit ? "#fff0b8" : t("#e8d9a8"));
    for (const x of [176, 206, 236]) out += rect(x, 46, 4, 48, t("#c9a24a"));
    out +=
      rect(0, 98, 310, 8, t("#3a3438"), 3) +
      poly(
        [
          [290, 96],
          [320, 128],
          [286, 128],
        ],
        t("#8f3a30"),
      );
    for (const [x, r] of [
      [22, 15],
      [60, 15],
      [120, 22],
      [172, 22],
      [224, 22],
      [268, 14],
    ] as const)
      out +=
        circle(x, 128 - r, r, t("#23232a")) +
        circle(x, 128 - r, r * 0.68, t("#a8453a")) +
        circle(x, 128 - r, r * 0.3, t("#d8d4cc"));
    return out + stroke("M120 108H224", t("#d8d4cc"), 4) + stroke("M-400 130H700", t("#5a5048"), 4);
  },
};

export const VEHICLE_ARTS = {
  boat,
  rowboat,
  sailboat: sails(1),
  ship: sails(3),
  car,
  locomotive,
} satisfies Record<string, Art>;
