import type { Art, Pen } from "../art.ts";
import { darken, lighten, mix } from "../colour.ts";
import { moonDisc } from "../settings/sky.ts";
import { at, circle, ellipse, path, stroke } from "../svg.ts";
import { BUILDING_ARTS } from "./buildings.ts";
import { PLANT_ARTS } from "./plants.ts";

function falls(pen: Pen, x: number, top: number, w: number, h: number): string {
  const fill = pen.linear([
    [0, mix("#ffffff", pen.pal.sky[1], 0.15)],
    [0.6, mix("#ffffff", pen.pal.sky[1], 0.4)],
    [1, "#ffffff", 0.2],
  ]);
  let out = path(
    `M${x - w / 2} ${top}Q${x} ${top - w * 0.2} ${x + w / 2} ${top}L${x + w * 0.62} ${top + h}H${x - w * 0.62}Z`,
    fill,
  );
  for (let i = -2; i <= 2; i++)
    out += stroke(`M${x + i * w * 0.18} ${top + 4}L${x + i * w * 0.22} ${top + h * 0.94}`, "#ffffff", 1.4, {
      opacity: 0.55,
    });
  return out;
}

const floatingIsland: Art = {
  kind: "flyer",
  w: 260,
  h: 230,
  metres: 30,
  settings: ["sky"],
  draw(pen) {
    const { rnd, pal } = pen;
    const t = pen.tone;
    const rock = pal.rock;
    let out = path(
      "M14 84Q60 96 130 98T246 84Q226 130 186 150Q168 206 134 228Q112 190 92 164Q40 140 14 84Z",
      pen.linear([
        [0, t(lighten(rock, 0.12))],
        [1, t(darken(rock, 0.5))],
      ]),
    );
    out +=
      path("M96 110L120 190L134 228Q112 190 92 164Q60 148 40 122Z", t(darken(rock, 0.35)), { opacity: 0.7 }) +
      path("M150 108L190 112L172 146Z", t(lighten(rock, 0.25)), { opacity: 0.5 });
    const side = rnd.next() < 0.5 ? 62 : 196;
    const top = rnd.below(3);
    if (top === 0)
      out += at(BUILDING_ARTS.castle.draw(pen, { pose: null, colours: [], traits: [] }), 90, -34, 0.4);
    if (top === 1)
      out += at(BUILDING_ARTS.house.draw(pen, { pose: null, colours: [], traits: [] }), 100, 0, 0.4);
    const grass = pal.season === "winter" ? "#e9f0f5" : pal.grass;
    out +=
      path(
        "M6 82Q40 58 130 62T254 82Q236 96 210 92Q196 108 180 94Q150 106 126 96Q100 112 84 96Q50 102 6 82Z",
        t(grass),
      ) + path("M6 82Q40 58 130 62T254 82Q190 72 130 74T6 82Z", t(lighten(grass, 0.2)));
    const tree = PLANT_ARTS[rnd.pick(["oak", "pine", "cherryTree"])] as Art;
    for (const x of [30, 70, 186, 216])
      if (Math.abs(x - side) > 20)
        out += at(
          tree.draw(pen, { pose: null, colours: [], traits: [] }),
          x - 18,
          74 - 60 - rnd.below(14),
          0.26,
          0.28,
        );
    return out + falls(pen, side, 84, 24, 150);
  },
};

const waterfall: Art = {
  kind: "landmark",
  w: 320,
  h: 280,
  metres: 30,
  settings: ["jungle", "river", "forest"],
  draw(pen) {
    const { pal } = pen;
    const t = pen.tone;
    const rock = pal.rock;
    const green = pal.season === "winter" ? "#e9f0f5" : pal.foliage;
    let out =
      path(
        "M-60 280V60Q-10 20 40 34Q90 10 122 40L130 280Z",
        pen.linear([
          [0, t(lighten(rock, 0.1))],
          [1, t(darken(rock, 0.4))],
        ]),
      ) +
      path(
        "M380 280V70Q330 16 270 38Q220 16 196 40L190 280Z",
        pen.linear([
          [0, t(rock)],
          [1, t(darken(rock, 0.5))],
        ]),
      ) +
      path("M118 34H204V280H118Z", t(darken(rock, 0.5)));
    for (let i = 0; i < 12; i++)
      out += path(
        `M${pen.rnd.below(2) ? 6 + pen.rnd.below(80) : 214 + pen.rnd.below(80)} ${90 + i * 15}l22 -10l14 14l-10 20l-24 -4Z`,
        t(darken(rock, 0.25)),
        { opacity: 0.5 },
      );
    out += falls(pen, 160, 40, 72, 234);
    for (const [x, y] of [
      [-30, 50],
      [30, 32],
      [90, 34],
      [230, 34],
      [290, 34],
      [350, 60],
    ] as const)
      out += circle(x, y, 26, t(darken(green, 0.12))) + circle(x - 6, y - 8, 18, t(lighten(green, 0.12)));
    for (let i = 0; i < 6; i++) out += ellipse(96 + i * 26, 276, 30, 13, "#ffffff", { opacity: 0.6 });
    return out + ellipse(160, 286, 150, 16, t(lighten(pal.water, 0.3)), { opacity: 0.8 });
  },
};

const bigMountain: Art = {
  kind: "landmark",
  w: 400,
  h: 240,
  metres: 200,
  settings: ["lake", "mountains"],
  draw(pen, o) {
    const c = o.colours[0] ?? "#6a7aa0";
    return (
      path(
        "M0 240Q110 170 168 24Q200 2 232 24Q290 170 400 240Z",
        pen.linear([
          [0, pen.tone(lighten(c, 0.1))],
          [1, pen.tone(c)],
        ]),
      ) +
      path("M168 24Q200 2 232 24L258 92L236 76L222 104L204 80L186 110L170 78L142 96Z", pen.tone("#f7f9fc")) +
      path("M214 16Q224 16 232 24Q290 170 400 240H250Q240 120 214 16Z", pen.tone(darken(c, 0.3)), {
        opacity: 0.35,
      })
    );
  },
};

const giantMoon: Art = {
  kind: "celestial",
  w: 200,
  h: 200,
  metres: 400,
  settings: ["lake"],
  draw: (pen) => moonDisc(pen, 100, 100, 90),
};

export const LANDFORM_ARTS = {
  floatingIsland,
  waterfall,
  bigMountain,
  mirrorMoon: giantMoon,
} satisfies Record<string, Art>;
