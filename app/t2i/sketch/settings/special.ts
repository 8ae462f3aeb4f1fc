import { darken, lighten, mix, shift } from "../colour.ts";
import { circle, ellipse, path, poly, rect, ridge, stroke } from "../svg.ts";
import { moon, space } from "./cosmos.ts";
import { cloud, sky } from "./sky.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { rolling } from "./terrain.ts";
import { city, stageSet, street } from "./town.ts";

function underwater(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd, pal } = pen;
  const top = rnd.pick(["#7fd8e0", "#6fc4ea", "#8fe0cc"]);
  const deep = rnd.pick(["#0c3f6a", "#0f3560", "#0b4a5f"]);
  let back = rect(
    LEFT,
    -80,
    WIDTH,
    700,
    pen.linear([
      [0, pal.dark ? mix(top, deep, 0.6) : top],
      [0.5, mix(top, deep, 0.6)],
      [1, deep],
    ]),
  );
  const ray = pen.linear([
    [0, "#ffffff", 0.35],
    [1, "#ffffff", 0],
  ]);
  for (let i = 0; i < 6; i++)
    back += poly(
      [
        [i * 100 - 20, -40],
        [i * 100 + 16, -40],
        [i * 120 + rnd.below(80) - 20, 480],
        [i * 120 - 90, 480],
      ],
      ray,
    );
  for (const [y, k] of [
    [400, 0.35],
    [440, 0.1],
  ] as const)
    back += path(ridge(rolling(pen, y, 44, 6), BOTTOM), mix(mix("#d9c08a", deep, 0.5), deep, k));
  const corals = ["#f0785c", "#e8a0c0", "#f4b84a", "#a86fc4", "#f2637a"];
  const coral = (x: number, y: number, h: number, c: string) =>
    stroke(
      `M${x} ${y}V${y - h}M${x} ${y - h * 0.3}Q${x - h * 0.4} ${y - h * 0.4} ${x - h * 0.4} ${y - h * 0.8}M${x} ${y - h * 0.45}Q${x + h * 0.38} ${y - h * 0.5} ${x + h * 0.36} ${y - h * 0.95}M${x - h * 0.34} ${y - h * 0.55}L${x - h * 0.6} ${y - h * 0.75}M${x + h * 0.33} ${y - h * 0.65}L${x + h * 0.58} ${y - h * 0.8}`,
      c,
      h * 0.12,
    );
  for (let i = 0; i < 6; i++)
    back += coral(
      rnd.next() < 0.5 ? rnd.below(150) : 362 + rnd.below(150),
      440 + rnd.below(50),
      46 + rnd.below(50),
      mix(rnd.pick(corals), deep, 0.12),
    );
  for (let i = 0; i < 9; i++) {
    const x = rnd.next() < 0.5 ? rnd.below(120) : 392 + rnd.below(120);
    const h = 90 + rnd.below(130);
    back += stroke(
      `M${x} 500Q${x - 22} ${500 - h * 0.35} ${x + 4} ${500 - h * 0.6}T${x} ${500 - h}`,
      mix("#3f9a6a", deep, 0.25),
      8,
    );
  }
  for (let i = 0; i < 7; i++) {
    const x = rnd.below(500);
    const y = 70 + rnd.below(220);
    back += path(
      "M0 0Q12 -10 26 0L36 -8V8L26 0Q12 10 0 0Z",
      mix(rnd.pick(["#f4c94a", "#f0865c", "#ffffff"]), deep, 0.2),
      { transform: `translate(${x} ${y}) scale(${rnd.next() < 0.5 ? -0.8 : 0.8} 0.8)` },
    );
  }
  let front = "";
  for (let i = 0; i < 18; i++)
    front += circle(rnd.below(512), rnd.below(450), 3 + rnd.below(8), "#ffffff", {
      opacity: 0.28,
      stroke: "#ffffff",
      "stroke-width": 1,
    });
  return { back, front, ground: "none", base: 400 };
}

function skySet(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd, pal } = pen;
  let back = sky({ ...s, horizon: 470 });
  for (let i = 0; i < 6; i++)
    back += cloud(
      pen,
      rnd.below(540),
      330 + i * 34 + rnd.below(20),
      230 + rnd.below(150),
      mix(pal.cloud, "#ffffff", i * 0.03),
      pal.cloudShade,
      0.95,
    );
  let front =
    cloud(pen, 30 + rnd.below(80), 520, 300, pal.cloud, pal.cloudShade) +
    cloud(pen, 430 + rnd.below(60), 530, 320, pal.cloud, pal.cloudShade);
  if (rnd.next() < 0.5) front += cloud(pen, rnd.below(512), 505, 180, pal.cloud, pal.cloudShade, 0.9);
  return { back, front, ground: "none", base: 380 };
}

function cave(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd } = pen;
  const rock = rnd.pick(["#4a4458", "#4f463f", "#3f4a56"]);
  const gem = rnd.pick(["#7fe0ff", "#c88fff", "#8fffc8", "#ffb86a"]);
  let back =
    rect(LEFT, -80, WIDTH, 700, darken(rock, 0.5)) +
    ellipse(
      256,
      250,
      230,
      200,
      pen.radial([
        [0, mix(gem, "#ffffff", 0.4), 0.8],
        [0.5, gem, 0.28],
        [1, gem, 0],
      ]),
    );
  const teeth = (y: number, dir: number, c: string) => {
    let d = `M${LEFT} ${y - dir * 300}`;
    for (let x = LEFT; x < 600; x += 44) d += `L${x} ${y}L${x + 22} ${y + dir * (30 + rnd.below(90))}`;
    return path(`${d}L620 ${y - dir * 300}Z`, c);
  };
  back +=
    teeth(60, 1, darken(rock, 0.25)) +
    teeth(18, 1, rock) +
    path(
      ridge(rolling(pen, 400, 30, 6), BOTTOM),
      pen.linear([
        [0, lighten(rock, 0.12)],
        [1, darken(rock, 0.45)],
      ]),
    );
  for (let i = 0; i < 9; i++) {
    const x = i % 2 ? rnd.below(150) : 362 + rnd.below(150);
    const h = 30 + rnd.below(70);
    back +=
      poly(
        [
          [x - 12, 430],
          [x - 9, 430 - h * 0.8],
          [x, 430 - h],
          [x + 10, 430 - h * 0.7],
          [x + 12, 430],
        ],
        gem,
        { opacity: 0.8 },
      ) +
      poly(
        [
          [x, 430],
          [x, 430 - h],
          [x + 10, 430 - h * 0.7],
          [x + 12, 430],
        ],
        darken(gem, 0.4),
        { opacity: 0.7 },
      );
  }
  return {
    back,
    front: path(
      `M${LEFT} -80H20Q70 120 26 260Q60 400 ${LEFT} 560ZM600 -80H496Q440 150 490 280Q450 420 600 560Z`,
      darken(rock, 0.62),
    ),
    ground: "land",
    base: 446,
  };
}

function studio(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd, pal } = pen;
  const c = pen.tone(rnd.pick(["#e9e4da", "#d5dfe2", "#eadad0", "#dcdfcf", "#f0e2c4", "#cfd3e0"]));
  const d = pal.dark ? mix(c, "#10142c", 0.4) : c;
  return {
    back:
      rect(
        LEFT,
        -80,
        WIDTH,
        700,
        pen.radial(
          [
            [0, mix(d, "#ffffff", 0.4)],
            [0.6, d],
            [1, darken(d, 0.18)],
          ],
          0.5,
          0.42,
          0.75,
        ),
      ) +
      rect(
        LEFT,
        404,
        WIDTH,
        200,
        pen.linear([
          [0, darken(d, 0.1), 0],
          [0.2, darken(d, 0.16), 0.7],
          [1, darken(d, 0.06), 0.8],
        ]),
      ),
    ground: "floor",
    base: 436,
  };
}

function abstract(s: Stage): Backdrop {
  const { pen } = s;
  const { rnd, pal } = pen;
  const hue = rnd.below(360);
  const cols = [0, 28, 190, 215, 55].map((d) => shift(pal.accent, hue * 0.2 + d, 0.05, rnd.next() * 0.16));
  let back = rect(
    LEFT,
    -80,
    WIDTH,
    700,
    pen.linear([
      [0, pal.sky[0]],
      [0.6, pal.sky[1]],
      [1, pal.sky[2]],
    ]),
  );
  const kind = rnd.below(3);
  if (kind === 0) {
    for (let i = 0; i < 7; i++)
      back += path(
        ridge(rolling(pen, 170 + i * 56, 80, 4 + rnd.below(3)), BOTTOM),
        pen.tone(cols[i % cols.length] ?? "#888888"),
        { opacity: 0.86 },
      );
  } else if (kind === 1) {
    for (let i = 0; i < 9; i++)
      back += circle(
        60 + rnd.below(400),
        60 + rnd.below(390),
        34 + rnd.below(110),
        pen.tone(cols[i % cols.length] ?? "#888888"),
        { opacity: 0.62 },
      );
    for (let i = 0; i < 5; i++)
      back += stroke(
        `M${rnd.below(512)} ${rnd.below(512)}Q${rnd.below(512)} ${rnd.below(512)} ${rnd.below(512)} ${rnd.below(512)}`,
        pen.tone("#2b2a33"),
        2 + rnd.below(5),
      );
  } else {
    for (let i = 0; i < 12; i++)
      back += stroke(
        `M${LEFT} ${80 + i * 36}C120 ${rnd.below(512)} 300 ${rnd.below(512)} 600 ${60 + i * 36}`,
        pen.tone(cols[i % cols.length] ?? "#888888"),
        14 + rnd.below(26),
        { opacity: 0.75 },
      );
  }
  back += circle(
    150 + rnd.below(220),
    120 + rnd.below(90),
    36 + rnd.below(30),
    mix(pal.sky[2], "#fff3c0", 0.6),
  );
  return { back, ground: "none", base: 400 };
}

export const SPECIAL_SETTINGS = {
  space,
  moon,
  underwater,
  city,
  street,
  stage: stageSet,
  sky: skySet,
  cave,
  studio,
  abstract,
};
