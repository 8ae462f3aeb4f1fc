import { darken, lighten } from "../colour.ts";
import { shelf } from "../shapes/furniture.ts";
import { OBJECT_ARTS } from "../shapes/objects.ts";
import { circle, path, poly, rect, stroke } from "../svg.ts";
import { indoorPen, room, WALLS, windowView } from "./room.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { place } from "./terrain.ts";

function tabletop(s: Stage): Backdrop {
  const p = indoorPen(s);
  const { rnd } = p;
  const y = 318 + rnd.below(26);
  const wall = rnd.pick(WALLS);
  let back = rect(
    LEFT,
    -80,
    WIDTH,
    y + 90,
    p.linear(
      [
        [0, p.tone(darken(wall, 0.22))],
        [1, p.tone(wall)],
      ],
      0,
      0,
      1,
      1,
    ),
  );
  const kind = rnd.below(3);
  if (kind === 0) back += windowView(s, p, rnd.next() < 0.5 ? 40 : 300, 30, 170, 210, false);
  if (kind === 1)
    for (let i = 0; i < 12; i++)
      back += circle(rnd.below(512), rnd.below(y), 24 + rnd.below(44), p.tone(lighten(wall, 0.4)), {
        opacity: 0.25,
      });
  if (kind === 2)
    back +=
      shelf(p, LEFT, 40, WIDTH, 130, 1) + rect(LEFT, -80, WIDTH, y + 80, p.tone(wall), 0, { opacity: 0.35 });
  const wood = rnd.pick(["#a8713f", "#8a5a36", "#c99a66", "#6f4a34"]);
  back += rect(
    LEFT,
    y,
    WIDTH,
    BOTTOM,
    p.linear([
      [0, p.tone(lighten(wood, 0.2))],
      [1, p.tone(darken(wood, 0.24))],
    ]),
  );
  let d = "";
  for (let i = 0; i < 6; i++)
    d += `M${LEFT} ${y + 16 + i * i * 7}Q200 ${y + 10 + i * i * 7} 600 ${y + 18 + i * i * 7}`;
  back += stroke(d, p.tone(darken(wood, 0.3)), 1.6, { opacity: 0.5 });
  if (rnd.next() < 0.5)
    back += path(
      `M${60 + rnd.below(60)} ${y + 44}H${400 + rnd.below(60)}L470 ${BOTTOM}H20Z`,
      p.tone(rnd.pick(["#e9e2d2", "#5f7f9c", "#c8604f", "#d9c08a"])),
      { opacity: 0.92 },
    );
  const props = [
    OBJECT_ARTS.cup,
    OBJECT_ARTS.vase,
    OBJECT_ARTS.candle,
    OBJECT_ARTS.fruitBowl,
    OBJECT_ARTS.book,
  ] as const;
  for (const side of [0, 1])
    if (rnd.next() < 0.6)
      back += place(
        rnd.pick(props),
        p.far(0.12),
        side ? 440 + rnd.below(40) : 30 + rnd.below(40),
        y + 46,
        80 + rnd.below(50),
      );
  return { back, ground: "floor", base: 446 };
}

function hall(s: Stage): Backdrop {
  const p = indoorPen(s);
  const { rnd } = p;
  const stone = rnd.pick(["#c9b89c", "#a8a0a8", "#d9c9b0", "#8f8a9c"]);
  let back = rect(
    LEFT,
    -80,
    WIDTH,
    480,
    p.linear([
      [0, p.tone(darken(stone, 0.55))],
      [1, p.tone(darken(stone, 0.25))],
    ]),
  );
  back += path(
    "M166 380V150Q256 30 346 150V380Z",
    p.linear([
      [0, p.tone(darken(stone, 0.35))],
      [1, p.tone(lighten(stone, 0.1))],
    ]),
  );
  const glass = ["#c8433f", "#e0a83a", "#3f7fb8", "#4f9a6a", "#8a5ab0"];
  for (let i = 0; i < 20; i++)
    back += rect(216 + (i % 4) * 20, 130 + Math.floor(i / 4) * 34, 18, 32, rnd.pick(glass), 2, {
      opacity: 0.85,
    });
  for (const [x, w] of [
    [-20, 60],
    [92, 44],
    [376, 44],
    [472, 60],
  ] as const)
    back +=
      rect(
        x,
        -40,
        w,
        430,
        p.linear(
          [
            [0, p.tone(darken(stone, 0.2))],
            [0.35, p.tone(lighten(stone, 0.3))],
            [1, p.tone(darken(stone, 0.4))],
          ],
          0,
          0,
          1,
          0,
        ),
      ) + rect(x - 8, 366, w + 16, 26, p.tone(stone), 3);
  back +=
    rect(
      LEFT,
      386,
      WIDTH,
      220,
      p.linear([
        [0, p.tone(darken(stone, 0.3))],
        [1, p.tone(lighten(stone, 0.1))],
      ]),
    ) +
    poly(
      [
        [226, 386],
        [286, 386],
        [360, BOTTOM],
        [152, BOTTOM],
      ],
      p.tone("#9c2f38"),
    ) +
    stroke(`M226 386L152 ${BOTTOM}M286 386L360 ${BOTTOM}`, p.tone("#e0b25a"), 3);
  return { back, ground: "floor", base: 452 };
}

export const INTERIOR_SETTINGS = {
  living: (s: Stage) => room(s, "living"),
  kitchen: (s: Stage) => room(s, "kitchen"),
  library: (s: Stage) => room(s, "library"),
  bedroom: (s: Stage) => room(s, "bedroom"),
  tabletop,
  hall,
};
