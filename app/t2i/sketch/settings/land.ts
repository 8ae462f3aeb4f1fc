import { darken, lighten, mix } from "../colour.ts";
import { BUILDING_ARTS } from "../shapes/buildings.ts";
import { EGYPT_ARTS } from "../shapes/egypt.ts";
import { bloom } from "../shapes/plants.ts";
import { ellipse, path, ridge, stroke } from "../svg.ts";
import { sky } from "./sky.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { art, footpath, ground, place, range, road, rolling, treeline, tufts } from "./terrain.ts";
import { forest, garden, snow } from "./woods.ts";

function meadow(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  let back = sky(s);
  const kind = rnd.below(3);
  if (kind === 0)
    back += range(pen.far(0.55), horizon + 6, 90 + rnd.below(60), 5, "#6f7fa0", rnd.next() < 0.5);
  back +=
    path(ridge(rolling(pen, horizon, 46, 5), BOTTOM), pen.far(0.5).tone(mix(pal.grass, "#5f8f8a", 0.3))) +
    path(ridge(rolling(pen, horizon + 8, 24, 4), BOTTOM), pen.far(0.28).tone(pal.grass));
  back += treeline(
    pen,
    horizon + 10,
    44,
    art(pal.season === "spring" ? "cherryTree" : rnd.pick(["oak", "birch", "oak"])),
    5 + rnd.below(4),
    0.3,
  );
  if (s.flavour.has("village") || (!s.landmark && kind === 1))
    for (let i = 0; i < (s.flavour.has("village") ? 6 : 1); i++)
      back += place(
        rnd.next() < 0.8 ? BUILDING_ARTS.house : BUILDING_ARTS.greekTemple,
        pen.far(0.22),
        s.flavour.has("village") ? 10 + i * 98 : rnd.below(512),
        horizon + 18 + rnd.below(14),
        s.flavour.has("village") ? 84 + rnd.below(30) : 46,
      );
  back += ground(pen, horizon + 16, pal.grass);
  if (rnd.next() < 0.5 || s.flavour.has("village"))
    back += footpath(pen, horizon + 22, pal.season === "winter" ? "#f4f6f9" : "#d9c49a");
  back += tufts(
    pen,
    horizon + 20,
    70,
    pen.tone(pal.season === "winter" ? "#b9c6cf" : darken(pal.grass, 0.3)),
  );
  return { back, ground: "land", base: 430 };
}

function flowers(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  let back =
    sky(s) +
    path(ridge(rolling(pen, horizon, 44, 5), BOTTOM), pen.far(0.5).tone(mix(pal.grass, "#5f7f9a", 0.35)));
  back +=
    treeline(pen, horizon + 8, 40, art("oak"), 5, 0.35) +
    ground(pen, horizon + 10, pal.season === "winter" ? "#8fae6a" : pal.grass);
  const kind = s.flavour.has("sunflower")
    ? "sunflower"
    : s.flavour.has("tulip")
      ? "tulip"
      : s.flavour.has("poppy")
        ? "poppy"
        : rnd.pick(["sunflower", "tulip", "poppy", "daisy"] as const);
  const lavender = s.flavour.has("lavender");
  const inks = lavender
    ? ["#8a6fc4", "#a58ad6", "#7458b0"]
    : kind === "sunflower"
      ? ["#f2b92c", "#e8a820"]
      : kind === "tulip"
        ? ["#d93f4f", "#e87fa0", "#f0b030", "#9a5ab8"]
        : kind === "poppy"
          ? ["#e0432f", "#d0342c"]
          : ["#fbf7ee", "#f6e7b0", "#f4d2dc"];
  for (let row = 0; row < 13; row++) {
    const t = row / 12;
    const y = horizon + 20 + t * t * 150;
    const r = 1.4 + t * 4.4;
    const count = Math.round(56 - t * 28);
    const dots: string[] = inks.map(() => "");
    for (let i = 0; i < count; i++) {
      const k = lavender ? row % inks.length : rnd.below(inks.length);
      const x = LEFT + (WIDTH * (i + rnd.next() * 0.9)) / count;
      dots[k] +=
        `<ellipse cx="${x.toFixed(0)}" cy="${(y + rnd.next() * 8).toFixed(0)}" rx="${r.toFixed(1)}" ry="${(r * (lavender ? 1.7 : 0.8)).toFixed(1)}"/>`;
    }
    back += dots
      .map((d, k) => `<g fill="${pen.far(0.3 - t * 0.3).tone(inks[k] ?? "#fff")}">${d}</g>`)
      .join("");
  }
  const flower = (x: number, y: number, h: number) =>
    lavender
      ? stroke(`M${x} ${y}V${y - h}`, pen.tone("#5f8a50"), 2) +
        [0, 1, 2, 3, 4, 5]
          .map((i) => ellipse(x + (i % 2 ? 3 : -3), y - h + i * 7, 5, 6, pen.tone(inks[i % 3] ?? "#8a6fc4")))
          .join("")
      : bloom(pen, kind, x, y, h, kind === "tulip" ? rnd.pick(inks) : undefined);
  for (let i = 0; i < 10; i++)
    back += flower(20 + i * 52 + rnd.below(26), 424 + rnd.below(26), 54 + rnd.below(20));
  let front = "";
  for (let i = 0; i < 9; i++) {
    const x = i < 5 ? i * 36 - 16 + rnd.below(18) : 352 + (i - 5) * 44 + rnd.below(18);
    front += flower(x, 536, 92 + rnd.below(46) - Math.abs(256 - Math.abs(256 - x)) * 0.16);
  }
  return { back, front, ground: "land", base: 440 };
}

function desert(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  let back = sky(s);
  const egypt = s.flavour.has("egypt");
  if (egypt) {
    const count = 1 + rnd.below(3);
    for (let i = 0; i < count; i++)
      back += place(
        EGYPT_ARTS.pyramid,
        pen.far(0.42 + i * 0.08),
        40 + rnd.below(430),
        horizon + 14,
        70 + rnd.below(60),
      );
  } else {
    const mesa = pen.far(0.4).tone("#b8694a");
    for (let i = 0; i < 3; i++) {
      const x = rnd.below(520);
      const w = 50 + rnd.below(70);
      const h = 40 + rnd.below(60);
      if (rnd.next() < 0.7)
        back += path(
          `M${x - w} ${horizon + 14}L${x - w * 0.6} ${horizon - h * 0.5}L${x - w * 0.55} ${horizon - h}H${x + w * 0.5}L${x + w * 0.6} ${horizon - h * 0.4}L${x + w} ${horizon + 14}Z`,
          mesa,
        );
    }
  }
  const dune = (y: number, amp: number, c: string, steps: number) => {
    const pts = rolling(pen, y, amp, steps);
    return path(ridge(pts, BOTTOM), c);
  };
  back +=
    dune(horizon + 18, 40, pen.far(0.32).tone(darken(pal.sand, 0.1)), 4) +
    dune(horizon + 30, 30, pen.tone(lighten(pal.sand, 0.08)), 3);
  back += path(
    ridge(rolling(pen, horizon + 60, 30, 3), BOTTOM),
    pen.linear([
      [0, pen.tone(pal.sand)],
      [1, pen.tone(darken(pal.sand, 0.26))],
    ]),
  );
  for (let i = 0; i < 12; i++) {
    const y = horizon + 70 + i * 15;
    const x = rnd.below(430);
    back += stroke(`M${x} ${y}q30 -7 60 0t60 0`, pen.tone(darken(pal.sand, 0.2)), 1.6, { opacity: 0.35 });
  }
  const mars = s.flavour.has("mars");
  if (!mars && (egypt || rnd.next() < 0.3))
    for (let i = 0; i < 3; i++)
      back += place(
        art("palm"),
        pen.far(0.1),
        rnd.next() < 0.5 ? rnd.below(90) : 420 + rnd.below(90),
        horizon + 50 + rnd.below(40),
        110 + rnd.below(60),
      );
  else if (!mars)
    for (let i = 0; i < 3; i++)
      back += place(
        art("cactus"),
        pen.far(0.14),
        rnd.below(512),
        horizon + 40 + rnd.below(40),
        44 + rnd.below(50),
      );
  if (s.flavour.has("road")) back += road(pen, horizon + 26);
  return { back, ground: "land", base: 440 };
}

function mountains(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  const snow = rnd.next() < 0.75 || pal.season === "winter";
  const rock = rnd.pick(["#6b7896", "#7d7a8c", "#5f7f92"]);
  let back =
    sky(s) +
    range(pen.far(0.55), horizon + 10, 190 + rnd.below(50), 4, rock, snow) +
    range(pen.far(0.25), horizon + 14, 120 + rnd.below(40), 5, darken(rock, 0.12), snow);
  back += path(
    ridge(rolling(pen, horizon + 18, 30, 4), BOTTOM),
    pen.far(0.2).tone(mix(pal.grass, "#4a6a5a", 0.4)),
  );
  back += treeline(pen, horizon + 24, 56, art("pine"), 11, 0.22) + ground(pen, horizon + 34, pal.grass, 20);
  if (rnd.next() < 0.4) back += footpath(pen, horizon + 40, "#d3bf98");
  back +=
    treeline(pen, horizon + 70, 110, art("pine"), 3, 0.08) +
    tufts(pen, horizon + 50, 50, pen.tone(darken(pal.grass, 0.3)));
  if (s.flavour.has("road")) back += road(pen, horizon + 34);
  return { back, ground: "land", base: 436 };
}

export const LAND_SETTINGS = {
  meadow,
  village: (s: Stage) => meadow({ ...s, flavour: new Set([...s.flavour, "village"]) }),
  flowers,
  desert,
  forest: (s: Stage) => forest(s),
  jungle: (s: Stage) => forest(s, true),
  mountains,
  snow,
  garden,
};
