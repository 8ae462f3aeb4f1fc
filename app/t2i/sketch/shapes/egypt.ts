import type { Art } from "../art.ts";
import { darken, lighten, mix } from "../colour.ts";
import { ellipse, group, path, poly, rect, stroke } from "../svg.ts";
import { glyphRow } from "./glyphs.ts";
import { column, obelisk, pylon, stoneOf, wingedSun } from "./pylons.ts";

/** Temple with pylons, gate and colonnade; the stream chooses between a gate front and a portico. */
const temple: Art = {
  kind: "landmark",
  w: 400,
  h: 250,
  metres: 16,
  settings: ["desert"],
  seat: { x: 200, y: 250 },
  draw(pen, { colours }) {
    const s = stoneOf(pen, colours[0]);
    const { rnd } = pen;
    const kind = rnd.below(3);
    let out = "";
    if (kind === 0) {
      // Portico of massive columns.
      const count = 4 + rnd.below(2) * 2;
      out += rect(
        22,
        60,
        356,
        190,
        pen.linear([
          [0, s.deep],
          [1, mix(s.deep, s.shade, 0.45)],
        ]),
      );
      const dark = pen.linear([
        [0, darken(s.deep, 0.55)],
        [1, s.deep],
      ]);
      out += rect(168, 110, 64, 140, dark);
      const w = count === 4 ? 44 : 33;
      for (let i = 0; i < count; i++) out += column(pen, s, 52 + (i * 296) / (count - 1), 62, 250, w);
      out += rect(8, 28, 384, 36, s.face);
      out += glyphRow(rnd, 14, 30, 372, 32, s.inks);
      out += path("M4 28Q8 16 -4 4H404Q392 16 396 28Z", s.light);
      for (let i = 0; i < 22; i++)
        out += rect(6 + i * 17.8, 7, 8, 18, s.bands[i % 3] ?? s.shade, 1, { "fill-opacity": 0.75 });
      out += wingedSun(s, 200, 16, 9);
    } else {
      // Pylon gate with colonnade wings.
      const wings = kind === 1;
      if (wings) {
        for (const x of [14, 50, 350, 386]) out += column(pen, s, x, 120, 250, 24);
        out += rect(-4, 104, 408, 18, s.face) + glyphRow(rnd, 0, 104, 400, 18, s.inks);
      }
      const a = wings ? 66 : 30;
      const w = wings ? 104 : 132;
      out += rect(a + w - 8, 92, 400 - 2 * (a + w) + 16, 158, s.shade);
      const gx = 200 - 32;
      out += rect(
        gx,
        136,
        64,
        114,
        pen.linear([
          [0, "#1a0f0a"],
          [0.7, s.deep],
          [1, mix(s.deep, s.shade, 0.6)],
        ]),
      );
      for (const k of [-14, 14]) out += column(pen, s, 200 + k, 150, 244, 11);
      out += rect(gx - 10, 132, 10, 118, s.face) + rect(gx + 64, 132, 10, 118, s.face);
      out += rect(gx - 14, 108, 92, 28, s.light) + wingedSun(s, 200, 122, 9);
      out += pylon(pen, s, a, w, 42, 250, 1) + pylon(pen, s, 400 - a - w, w, 42, 250, -1);
      for (const x of [a + 18, a + w - 18, 400 - a - 18, 400 - a - w + 18]) {
        out +=
          rect(x - 1.6, -14, 3.2, 150, s.deep) +
          path(
            `M${x + 1} -14Q${x + 14} -18 ${x + 26} -9Q${x + 14} -4 ${x + 1} 0Z`,
            s.bands[rnd.below(4)] ?? s.shade,
          );
      }
      if (!wings) out += obelisk(pen, s, 14, 250, 190) + obelisk(pen, s, 386, 250, 190);
    }
    // Steps and plinth.
    out += rect(120, 246, 160, 8, s.light) + rect(104, 252, 192, 8, s.face) + rect(88, 258, 224, 9, s.shade);
    return out;
  },
};

const pyramid: Art = {
  kind: "landmark",
  w: 300,
  h: 180,
  metres: 60,
  settings: ["desert"],
  draw(pen, { colours }) {
    const base = colours[0] ?? "#dcae6c";
    const peak = 130 + pen.rnd.below(50);
    const foot = peak + 34;
    let out = poly(
      [
        [0, 180],
        [peak, 0],
        [foot, 180],
      ],
      pen.tone(lighten(base, 0.22)),
    );
    out += poly(
      [
        [foot, 180],
        [peak, 0],
        [300, 180],
      ],
      pen.tone(darken(base, 0.3)),
    );
    for (let i = 1; i < 9; i++) {
      const t = i / 9;
      out += stroke(
        `M${peak * (1 - t)} ${180 * t}L${peak + (foot - peak) * t} ${180 * t}L${peak + (300 - peak) * t} ${180 * t}`,
        pen.tone(darken(base, 0.35)),
        1,
        { opacity: 0.35 },
      );
    }
    return out;
  },
};

const sphinx: Art = {
  kind: "landmark",
  w: 260,
  h: 150,
  metres: 20,
  settings: ["desert"],
  draw(pen) {
    const s = stoneOf(pen, undefined);
    return (
      path("M60 150Q60 92 110 88Q190 78 232 104Q258 122 256 150Z", s.face) +
      path("M200 110Q240 104 256 150H196Q214 132 200 110Z", s.shade) +
      path("M10 150V138Q12 130 28 130H128V150Z", s.light) +
      path("M52 92L66 20Q90 0 114 20L132 96Q120 112 112 108L110 62H76L72 108Q60 108 52 92Z", s.shade) +
      [0, 1, 2, 3]
        .map(
          (i) =>
            rect(60 + i * 2, 84 - i * 15, 14, 5, s.bands[2] ?? s.shade) +
            rect(112 - i * 1.5, 84 - i * 15, 14, 5, s.bands[2] ?? s.shade),
        )
        .join("") +
      ellipse(92, 56, 20, 28, s.light) +
      ellipse(85, 52, 3, 2, s.deep) +
      ellipse(100, 52, 3, 2, s.deep) +
      stroke("M86 70Q92 73 99 70", s.deep, 2) +
      rect(88, 82, 8, 18, s.bands[3] ?? s.shade, 3) +
      path("M70 108H116L120 150H66Z", s.face)
    );
  },
};

const obeliskArt: Art = {
  kind: "landmark",
  w: 60,
  h: 240,
  metres: 20,
  settings: ["desert"],
  draw: (pen, { colours }) => group(obelisk(pen, stoneOf(pen, colours[0]), 30, 240, 238), ""),
};

export const EGYPT_ARTS = { egyptTemple: temple, pyramid, sphinx, obelisk: obeliskArt } satisfies Record<
  string,
  Art
>;
