import { darken, lighten, mix } from "../colour.ts";
import { PLANT_ARTS } from "../shapes/plants.ts";
import { ellipse, path, rect, ridge, stroke } from "../svg.ts";
import { coast } from "./coast.ts";
import { sky } from "./sky.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { place, range, rolling } from "./terrain.ts";
import { calm, waves } from "./waves.ts";

const isRough = (s: Stage) =>
  s.scene.weather.includes("storm") || s.scene.weather.includes("wind") || s.flavour.has("rough");

function sea(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd, pal } = pen;
  const horizon = s.horizon + 30;
  let back = sky({ ...s, horizon });
  const rough = isRough(s);
  if (!rough && rnd.next() < 0.6)
    back += path(
      ridge(
        [
          [LEFT, horizon],
          [rnd.below(60), horizon - 30 - rnd.below(40)],
          [90 + rnd.below(60), horizon - 16],
          [200 + rnd.below(40), horizon + 2],
        ],
        horizon + 4,
      ),
      pen.far(0.5).tone("#6f8a7a"),
    );
  back += calm(pen, horizon, BOTTOM);
  if (rough) back += waves(pen, horizon + 16, 4, 56);
  else
    for (let i = 0; i < 14; i++)
      back += stroke(
        `M${rnd.below(500)} ${horizon + 20 + i * i * 1.1}q14 -6 28 0t28 0`,
        mix("#ffffff", pal.haze, 0.2),
        1.6 + i * 0.1,
        { opacity: 0.45 },
      );
  let front = "";
  if (s.landmark && !s.flavour.has("boat")) return coast(s, back, horizon, rough);
  if (rough) front += waves(pen, 376, 4, 62, 3);
  return { back, front, ground: "water", base: 410 };
}

function beach(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  let back = sky(s) + calm(pen, horizon, BOTTOM);
  const tropical = rnd.next() < 0.6 || s.flavour.has("tropical");
  if (rnd.next() < 0.6)
    back += path(
      ridge(
        [
          [260, horizon + 1],
          [330 + rnd.below(60), horizon - 40],
          [440, horizon - 20],
          [600, horizon + 1],
        ],
        horizon + 3,
      ),
      pen.far(0.5).tone("#6f9a7f"),
    );
  const y = horizon + 66;
  const foam = (dy: number, o: number) =>
    path(
      ridge(
        [
          [LEFT, y + dy],
          [60, y - 14 + dy],
          [200, y + 6 + dy],
          [330, y - 10 + dy],
          [460, y + 8 + dy],
          [592, y - 6 + dy],
        ],
        BOTTOM,
      ),
      "#ffffff",
      { opacity: o },
    );
  back +=
    foam(-10, 0.35) +
    foam(-3, 0.9) +
    path(
      ridge(
        [
          [LEFT, y + 5],
          [60, y - 8],
          [200, y + 12],
          [330, y - 4],
          [460, y + 14],
          [592, y],
        ],
        BOTTOM,
      ),
      pen.linear([
        [0, pen.tone(darken(pal.sand, 0.12))],
        [0.2, pen.tone(pal.sand)],
        [1, pen.tone(darken(pal.sand, 0.16))],
      ]),
    );
  for (let i = 0; i < 16; i++)
    back += ellipse(
      rnd.below(512),
      y + 40 + rnd.below(150),
      8 + rnd.below(16),
      2,
      pen.tone(darken(pal.sand, 0.14)),
      { opacity: 0.5 },
    );
  for (let i = 0; i < 5; i++)
    back += path("M0 0Q4 -9 9 0Q5 3 0 0Z", pen.tone(rnd.pick(["#f4e3d0", "#e8a08a", "#ffffff"])), {
      transform: `translate(${rnd.below(500)} ${y + 50 + rnd.below(110)})`,
    });
  if (tropical) {
    const left = rnd.next() < 0.5;
    back +=
      place(PLANT_ARTS.palm!, pen, left ? 50 : 466, y + 60, 270, [], left) +
      place(PLANT_ARTS.palm!, pen.far(0.08), left ? 108 : 402, y + 38, 190, [], !left);
  }
  return { back, ground: "land", base: 440 };
}

function lake(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  let back = sky(s);
  const rock = rnd.pick(["#6b7896", "#5f7f8c", "#7a7890"]);
  const h = 80 + rnd.below(70);
  const before = range(pen.far(0.42), horizon + 4, h, 4, rock, pal.season === "winter" || rnd.next() < 0.5);
  back += before;
  let trees = "";
  for (let i = 0; i < 16; i++)
    trees += place(
      PLANT_ARTS[pal.season === "autumn" ? "autumnTree" : "pine"]!,
      pen.far(0.26),
      LEFT + i * 44 + rnd.below(24),
      horizon + 6,
      34 + rnd.below(36),
    );
  back += trees + calm(pen, horizon + 4, BOTTOM);
  back += `<g transform="translate(0 ${(horizon + 4) * 2}) scale(1 -1)" opacity="0.34">${before}${trees}</g>`;
  for (let i = 0; i < 12; i++)
    back += ellipse(
      rnd.below(512),
      horizon + 20 + i * 14,
      50 + rnd.below(40),
      1.4,
      mix(pal.sky[2], "#ffffff", 0.4),
      { opacity: 0.5 },
    );
  const shore = s.flavour.has("boat") ? 520 : 404;
  const grass = pal.season === "winter" ? "#e9f0f5" : pal.grass;
  back += path(
    ridge(rolling(pen, shore, 26, 4), BOTTOM),
    pen.linear([
      [0, pen.tone(lighten(grass, 0.1))],
      [1, pen.tone(darken(grass, 0.35))],
    ]),
  );
  let reeds = "";
  for (let i = 0; i < 16; i++) {
    const x = i < 8 ? rnd.below(110) : 402 + rnd.below(110);
    const l = 50 + rnd.below(70);
    reeds +=
      stroke(
        `M${x} 520Q${x + 4} ${520 - l * 0.6} ${x + rnd.below(16) - 8} ${520 - l}`,
        pen.tone("#5f7a3f"),
        2.6,
      ) + ellipse(x + 2, 520 - l, 3.4, 11, pen.tone("#6b4630"));
  }
  return {
    back,
    front: reeds,
    ground: s.flavour.has("boat") ? "water" : "land",
    base: s.flavour.has("boat") ? 420 : 446,
  };
}

function river(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  const grass = pal.grass;
  let back =
    sky(s) +
    path(ridge(rolling(pen, horizon, 60, 5), BOTTOM), pen.far(0.48).tone(mix(grass, "#5f7f8a", 0.4)));
  for (let i = 0; i < 9; i++)
    back += place(
      PLANT_ARTS[rnd.pick(["oak", "pine", "birch"])]!,
      pen.far(0.3),
      LEFT + i * 78 + rnd.below(40),
      horizon + 14,
      56 + rnd.below(40),
    );
  back += rect(
    LEFT,
    horizon + 8,
    WIDTH,
    400,
    pen.linear([
      [0, pen.far(0.2).tone(grass)],
      [1, pen.tone(darken(grass, 0.25))],
    ]),
  );
  const bend = rnd.next() < 0.5 ? 1 : -1;
  const m = (x: number) => 256 + bend * (x - 256);
  const clip = pen.clip(
    path(
      `M${m(300)} ${horizon + 10}C${m(180)} ${horizon + 40} ${m(420)} ${horizon + 70} ${m(250)} ${horizon + 110}C${m(120)} ${horizon + 150} ${m(40)} 470 ${m(60)} ${BOTTOM}H${m(520)}C${m(500)} 470 ${m(430)} ${horizon + 160} ${m(470)} ${horizon + 110}C${m(540)} ${horizon + 66} ${m(260)} ${horizon + 40} ${m(318)} ${horizon + 10}Z`,
      "#fff",
    ),
  );
  back += `<g clip-path="${clip}">${calm(pen, horizon + 8, BOTTOM)}</g>`;
  for (let i = 0; i < 8; i++)
    back += ellipse(
      m(70 + rnd.below(60)),
      420 + rnd.below(90),
      14 + rnd.below(14),
      8,
      pen.tone(darken(pal.rock, rnd.next() * 0.3)),
    );
  return { back, ground: "land", base: 444 };
}

export const WATER_SETTINGS = { sea, beach, lake, river };
