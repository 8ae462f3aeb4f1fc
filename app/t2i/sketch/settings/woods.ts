import { darken, mix } from "../colour.ts";
import { bloom } from "../shapes/plants.ts";
import { ellipse, path, rect, ridge, stroke } from "../svg.ts";
import { sky } from "./sky.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { art, footpath, ground, place, range, rolling, treeline, tufts } from "./terrain.ts";

export function forest(s: Stage, jungle = false): Backdrop {
  const { pen, horizon, scene } = s;
  const { rnd, pal } = pen;
  const autumn = pal.season === "autumn";
  const winter = pal.season === "winter";
  const tint = jungle ? "#8fc78a" : autumn ? "#f0c070" : winter ? "#dbe7f0" : "#bcd9a8";
  let back =
    sky(s, !jungle) +
    rect(
      LEFT,
      horizon - 190,
      WIDTH,
      260,
      pen.linear([
        [0, mix(pal.haze, tint, 0.3), 0],
        [1, mix(pal.haze, pen.tone(tint), 0.6), 0.9],
      ]),
    );
  const species = jungle
    ? ["palm", "oak"]
    : autumn
      ? ["autumnTree", "autumnTree", "birch"]
      : winter
        ? ["pine", "pine", "bareTree"]
        : rnd.pick([["pine"], ["oak", "birch"], ["pine", "birch"], ["birch", "oak"]]);
  for (let layer = 0; layer < 3; layer++) {
    const d = 0.62 - layer * 0.24;
    back += treeline(pen, horizon + 8 + layer * 16, 170 + layer * 42, art(rnd.pick(species)), 7 - layer, d);
  }
  back += ground(
    pen,
    horizon + 34,
    jungle ? "#4f8a4a" : autumn ? "#b9823f" : winter ? "#e9f0f5" : mix(pal.grass, "#4f6f3a", 0.35),
  );
  if (rnd.next() < 0.5) back += footpath(pen, horizon + 38, winter ? "#f6f9fb" : "#c7ab7a");
  back +=
    place(art(rnd.pick(species)), pen, 18 + rnd.below(30), 440, 400) +
    place(art(rnd.pick(species)), pen, 478 + rnd.below(30), 430, 380, [], true);
  back += tufts(
    pen,
    horizon + 50,
    60,
    pen.tone(winter ? "#b5c4cf" : jungle ? "#2f6a3a" : darken(pal.grass, 0.35)),
  );
  if (autumn)
    for (let i = 0; i < 50; i++)
      back += ellipse(
        rnd.below(512),
        horizon + 60 + rnd.below(150),
        4,
        2.2,
        pen.tone(rnd.pick(["#d9822b", "#c9502c", "#e2b52e"])),
      );
  void scene;
  let front = "";
  if (jungle)
    for (const k of [0, 1])
      for (let i = 0; i < 5; i++)
        front += path(
          "M0 0Q26 -70 96 -96Q84 -20 0 0Z",
          pen.tone(rnd.pick(["#1f5f3a", "#2f7a48", "#184a34"])),
          {
            transform: `translate(${k ? 524 : -12} ${500 - i * 32}) scale(${k ? -1 : 1} 1) rotate(${-20 + i * 16})`,
          },
        );
  return { back, front, ground: "land", base: 436 };
}

export function snow(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd } = pen;
  let back = sky(s) + range(pen.far(0.5), horizon + 8, 120 + rnd.below(60), 5, "#8fa5c4", true);
  back += path(ridge(rolling(pen, horizon + 8, 30, 4), BOTTOM), pen.far(0.2).tone("#dfe9f3"));
  if (!s.flavour.has("arctic")) back += treeline(pen, horizon + 16, 90, art("pine"), 9, 0.28);
  else
    for (let i = 0; i < 4; i++)
      back += path(
        `M${i * 150 - 30} ${horizon + 24}l34 -${30 + rnd.below(40)}l26 8l30 -14l40 56Z`,
        pen.far(0.2).tone("#bcd9ea"),
      );
  back += ground(pen, horizon + 24, "#eef4f9", 22);
  for (let i = 0; i < 10; i++)
    back += stroke(`M${rnd.below(420)} ${horizon + 60 + i * 14}q40 -8 90 2`, pen.tone("#c3d3e4"), 3, {
      opacity: 0.5,
    });
  if (!s.flavour.has("arctic")) back += treeline(pen, horizon + 64, 170, art("pine"), 3, 0.05);
  return { back, ground: "land", base: 434 };
}

export function garden(s: Stage): Backdrop {
  const { pen, horizon } = s;
  const { rnd, pal } = pen;
  let back =
    sky(s) +
    treeline(pen, horizon + 20, 150, art(rnd.pick(["oak", "cherryTree", "oak"])), 6, 0.3) +
    ground(pen, horizon + 18, pal.grass, 8);
  back += path(
    ridge(rolling(pen, horizon + 26, 22, 12), horizon + 52),
    pen.far(0.12).tone(darken(pal.foliage, 0.15)),
  );
  if (rnd.next() < 0.5)
    for (let i = 0; i < 24; i++)
      back +=
        rect(-30 + i * 25, horizon + 22, 15, 42, pen.far(0.1).tone("#f3ede0"), 3) +
        (i === 0 ? rect(-60, horizon + 34, 640, 5, pen.far(0.1).tone("#e6decb")) : "");
  back += footpath(pen, horizon + 60, "#d9cbb0");
  const kinds = ["tulip", "daisy", "rose", "sunflower", "poppy"] as const;
  for (let i = 0; i < 20; i++) {
    const left = i % 2 === 0;
    back += bloom(
      pen,
      rnd.pick(kinds),
      left ? rnd.below(150) : 362 + rnd.below(150),
      horizon + 96 + rnd.below(70),
      34 + rnd.below(28),
    );
  }
  back += tufts(pen, horizon + 60, 60, pen.tone(darken(pal.grass, 0.3)));
  let front = "";
  for (let i = 0; i < 8; i++)
    front += bloom(pen, rnd.pick(kinds), i < 4 ? i * 30 - 6 : 408 + (i - 4) * 32, 530, 62 + rnd.below(40));
  return { back, front, ground: "land", base: 440 };
}
