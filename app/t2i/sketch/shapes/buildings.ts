import type { Art } from "../art.ts";
import { darken, lighten, mix } from "../colour.ts";
import { circle, ellipse, path, poly, rect, stroke } from "../svg.ts";
import { castle, greekTemple, lighthouse } from "./monuments.ts";
import { GLOW, pane, smoke } from "./panes.ts";

const house: Art = {
  kind: "landmark",
  w: 220,
  h: 190,
  metres: 7,
  settings: ["village", "meadow", "garden"],
  draw(pen, { colours, traits }) {
    const { rnd } = pen;
    const wall = colours[0] ?? rnd.pick(["#efe2c6", "#e8d0b0", "#dfe3e0", "#e9c9b2", "#c9d8dc"]);
    const roof = colours[1] ?? rnd.pick(["#a8452f", "#8c4a3a", "#5d5a6a", "#b0603a"]);
    const barn = traits.includes("barn");
    const w = barn ? "#b33a30" : wall;
    let out = smoke(pen, 170, 14) + rect(160, 24, 18, 50, pen.tone("#7c5648"));
    out += rect(20, 90, 120, 100, pen.tone(w)) + rect(140, 100, 66, 90, pen.tone(darken(w, 0.2)));
    out +=
      poly(
        [
          [80, 22],
          [8, 96],
          [152, 96],
        ],
        pen.tone(darken(roof, 0.15)),
      ) +
      poly(
        [
          [80, 34],
          [24, 92],
          [136, 92],
        ],
        pen.tone(w),
      );
    out += poly(
      [
        [80, 22],
        [186, 30],
        [216, 104],
        [150, 98],
      ],
      pen.tone(roof),
    );
    for (let i = 1; i < 5; i++)
      out += stroke(
        `M${80 + i * 17} ${23 + i * 15}L${186 + i * 6} ${30 + i * 15}`,
        pen.tone(darken(roof, 0.25)),
        1.2,
        { opacity: 0.5 },
      );
    out +=
      rect(66, 136, 28, 54, pen.tone(rnd.pick(["#5b7f6a", "#7a4a36", "#3f5f86"])), 2) +
      circle(88, 164, 2, pen.tone("#e8c060"));
    out +=
      pane(pen, 33, 120, 22, 26, "#fbf6ea") +
      pane(pen, 106, 120, 22, 26, "#fbf6ea") +
      pane(pen, 160, 126, 24, 26, "#fbf6ea");
    out += circle(80, 72, 9, pen.pal.lit ? GLOW : pen.tone("#9cc0d0"));
    if (barn) out += stroke("M66 136L94 190M94 136L66 190", pen.tone("#f3e8da"), 3);
    return out;
  },
};

const cabin: Art = {
  kind: "landmark",
  w: 230,
  h: 180,
  metres: 6,
  settings: ["forest", "snow", "mountains"],
  draw(pen, { colours }) {
    const log = colours[0] ?? pen.rnd.pick(["#8a5a34", "#7a4e30", "#96683f"]);
    const snowy = pen.pal.season === "winter";
    const roof = snowy ? "#f4f8fc" : "#5c4236";
    let out = smoke(pen, 66, 8) + rect(56, 16, 22, 60, pen.tone("#7d7470"));
    out += rect(28, 92, 174, 88, pen.tone(darken(log, 0.2)));
    for (let i = 0; i < 8; i++)
      out += rect(22, 92 + i * 11, 186, 9.6, pen.tone(i % 2 ? log : lighten(log, 0.1)), 5);
    out += poly(
      [
        [115, 18],
        [46, 94],
        [184, 94],
      ],
      pen.tone(darken(log, 0.1)),
    );
    out += path("M115 4L0 100L16 112L115 32L214 112L230 100Z", pen.tone(roof));
    out += path(
      "M115 32L16 112L10 107L115 20L220 107L214 112Z",
      pen.tone(darken(snowy ? "#bfcfe0" : roof, snowy ? 0 : 0.3)),
    );
    out += rect(98, 126, 34, 54, pen.tone("#4f3324"), 3) + circle(126, 154, 2.2, pen.tone("#d8b060"));
    out +=
      pane(pen, 46, 124, 34, 30, "#4a3226") +
      pane(pen, 150, 124, 34, 30, "#4a3226") +
      pane(pen, 103, 62, 24, 22, "#4a3226");
    if (snowy)
      out +=
        rect(42, 154, 42, 6, "#f4f8fc", 3) +
        rect(146, 154, 42, 6, "#f4f8fc", 3) +
        rect(54, 10, 26, 8, pen.tone("#f4f8fc"), 4);
    return out;
  },
};

const windmill: Art = {
  kind: "landmark",
  w: 220,
  h: 260,
  metres: 14,
  settings: ["meadow", "flowers"],
  draw(pen, { colours }) {
    const base = colours[0] ?? "#efe6d6";
    let out = poly(
      [
        [82, 96],
        [138, 96],
        [156, 260],
        [64, 260],
      ],
      pen.linear(
        [
          [0, pen.tone(lighten(base, 0.2))],
          [1, pen.tone(darken(base, 0.25))],
        ],
        0,
        0,
        1,
        0,
      ),
    );
    out +=
      path("M76 100Q80 62 110 58Q140 62 144 100Z", pen.tone("#7a4636")) +
      rect(60, 168, 100, 6, pen.tone("#7a5a42"));
    out +=
      pane(pen, 102, 128, 16, 18, "#6a4a3a") + path("M98 260V224Q110 208 122 224V260Z", pen.tone("#6a4a3a"));
    const turn = pen.rnd.below(80);
    let sails = "";
    for (let i = 0; i < 4; i++) {
      sails += `<g transform="rotate(${turn + i * 90} 110 88)">${rect(108, -16, 4, 104, pen.tone("#5a4436"))}${rect(112, -14, 22, 76, pen.tone("#f2e8d8"), 0, { opacity: 0.92 })}${stroke("M119 -14V62M126 -14V62M112 4H134M112 24H134M112 44H134", pen.tone("#8a705a"), 1.2)}</g>`;
    }
    return out + sails + circle(110, 88, 6, pen.tone("#4a382e"));
  },
};

const bridge: Art = {
  kind: "landmark",
  w: 420,
  h: 130,
  metres: 9,
  settings: ["river", "lake"],
  floats: true,
  draw(pen, { colours }) {
    const base = colours[0] ?? pen.rnd.pick(["#a3978a", "#b0886a", "#8f929a"]);
    const arches = 3;
    let d = "M-10 130V52Q210 -8 430 52V130";
    for (let i = arches - 1; i >= 0; i--) {
      const x0 = 30 + i * 124;
      d += `L${x0 + 112} 130Q${x0 + 112} ${i === 1 ? 50 : 62} ${x0 + 56} ${i === 1 ? 48 : 60}Q${x0} ${i === 1 ? 50 : 62} ${x0} 130`;
    }
    let out = path(
      `${d}Z`,
      pen.linear([
        [0, pen.tone(lighten(base, 0.18))],
        [1, pen.tone(darken(base, 0.3))],
      ]),
    );
    out +=
      stroke("M-10 44Q210 -16 430 44", pen.tone(darken(base, 0.25)), 7) +
      stroke("M-10 40Q210 -20 430 40", pen.tone(lighten(base, 0.25)), 3);
    for (let i = 0; i < 30; i++)
      out += rect(
        10 + pen.rnd.below(400),
        52 + pen.rnd.below(18) - Math.min(20, 0),
        13,
        5,
        pen.tone(darken(base, 0.18)),
        1,
        { opacity: 0.4 },
      );
    return out;
  },
};

const skyscraper: Art = {
  kind: "landmark",
  w: 120,
  h: 330,
  metres: 60,
  settings: ["city"],
  draw(pen, { colours }) {
    const base = colours[0] ?? pen.rnd.pick(["#5f7690", "#7c8796", "#6a6f86"]);
    let out =
      rect(
        20,
        40,
        80,
        290,
        pen.linear(
          [
            [0, pen.tone(lighten(base, 0.2))],
            [1, pen.tone(darken(base, 0.3))],
          ],
          0,
          0,
          1,
          0,
        ),
      ) +
      rect(36, 14, 48, 28, pen.tone(base)) +
      rect(58, -26, 4, 44, pen.tone(darken(base, 0.4)));
    for (let r = 0; r < 20; r++) {
      for (let c = 0; c < 6; c++) {
        const on = pen.pal.lit && pen.rnd.next() < 0.6;
        out += rect(26 + c * 12.2, 50 + r * 13.6, 8, 8.4, on ? GLOW : pen.tone(darken(base, 0.35)));
      }
    }
    return out;
  },
};

const tent: Art = {
  kind: "landmark",
  w: 200,
  h: 120,
  metres: 2.2,
  settings: ["mountains", "forest", "lake"],
  draw(pen, { colours }) {
    const base = colours[0] ?? pen.rnd.pick(["#d9803a", "#3f8f7a", "#c8503f", "#4a74a8"]);
    const glow = pen.pal.lit;
    return (
      poly(
        [
          [120, 10],
          [196, 120],
          [70, 120],
        ],
        glow ? mix(base, "#ffb050", 0.3) : pen.tone(darken(base, 0.22)),
      ) +
      poly(
        [
          [76, 4],
          [120, 10],
          [150, 120],
          [10, 120],
        ],
        glow ? mix(base, "#ffcf7a", 0.55) : pen.tone(base),
      ) +
      poly(
        [
          [76, 10],
          [104, 120],
          [52, 120],
        ],
        glow ? "#ffe2a0" : pen.tone(darken(base, 0.5)),
      ) +
      poly(
        [
          [76, 10],
          [60, 120],
          [36, 120],
        ],
        glow ? mix(base, "#ffcf7a", 0.35) : pen.tone(lighten(base, 0.2)),
      ) +
      ellipse(78, 118, 30, 3, pen.tone(darken(base, 0.5)), { opacity: 0.5 })
    );
  },
};

export const BUILDING_ARTS = {
  lighthouse,
  house,
  cabin,
  castle,
  greekTemple,
  windmill,
  bridge,
  skyscraper,
  tent,
} satisfies Record<string, Art>;
