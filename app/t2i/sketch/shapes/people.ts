import type { Art, ArtOptions, Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import type { Pose } from "../scene.ts";
import { circle, ellipse, path, rect, stroke } from "../svg.ts";
import { headOf } from "./heads.ts";
import { BOTTOMS, HAIRS, ROLES, type Role, SKINS, TOPS } from "./roles.ts";

type Point = [number, number];

interface Joints {
  hip: number;
  legs: [Point, Point, Point, Point];
  arms: [Point, Point, Point, Point];
}

/** Knees, feet, elbows and hands of each pose; far limb first. */
function jointsOf(pose: Pose | null): Joints {
  const legs: Joints["legs"] = [
    [56, 158],
    [58, 194],
    [45, 158],
    [44, 194],
  ];
  const arms: Joints["arms"] = [
    [68, 88],
    [70, 112],
    [32, 88],
    [31, 114],
  ];
  switch (pose) {
    case "walk":
      return {
        hip: 122,
        legs: [
          [66, 154],
          [74, 190],
          [40, 158],
          [26, 190],
        ],
        arms: [
          [36, 88],
          [30, 108],
          [64, 88],
          [72, 106],
        ],
      };
    case "hold":
      return {
        hip: 122,
        legs,
        arms: [
          [70, 86],
          [88, 94],
          [60, 92],
          [84, 98],
        ],
      };
    case "play":
      return {
        hip: 122,
        legs,
        arms: [
          [70, 84],
          [86, 62],
          [56, 88],
          [78, 64],
        ],
      };
    case "dance":
      return {
        hip: 122,
        legs: [
          [60, 156],
          [60, 194],
          [62, 146],
          [84, 160],
        ],
        arms: [
          [74, 50],
          [62, 22],
          [26, 60],
          [20, 30],
        ],
      };
    case "fly":
      return {
        hip: 122,
        legs: [
          [44, 158],
          [30, 186],
          [38, 156],
          [22, 176],
        ],
        arms: [
          [72, 60],
          [92, 40],
          [30, 64],
          [14, 48],
        ],
      };
    case "sit":
    case "sleep":
    case "lean":
      return {
        hip: 122,
        legs: [
          [82, 128],
          [84, 164],
          [78, 132],
          [80, 168],
        ],
        arms: [
          [66, 90],
          [78, 108],
          [38, 92],
          [56, 112],
        ],
      };
    case "ride":
      return {
        hip: 122,
        legs: [
          [66, 142],
          [52, 168],
          [68, 140],
          [54, 170],
        ],
        arms: [
          [70, 86],
          [88, 96],
          [62, 90],
          [86, 100],
        ],
      };
    default:
      return { hip: 122, legs, arms };
  }
}

function drawPerson(pen: Pen, r: Role, o: ArtOptions): string {
  const { rnd } = pen;
  const t = pen.tone;
  const skin = r.head === "human" ? rnd.pick(SKINS) : (r.top ?? "#c0c8d0");
  const hair = r.hair ?? rnd.pick(HAIRS);
  const top = o.colours[0] ?? r.top ?? rnd.pick(TOPS);
  const bottom = r.head === "human" ? (o.colours[1] ?? r.bottom ?? rnd.pick(BOTTOMS)) : darken(top, 0.14);
  const j = jointsOf(o.pose);
  const f = r.stout ?? 1;
  const child = r.metres < 1.4;
  const limb = r.head === "human" ? skin : darken(top, 0.1);
  const arm = ([ex, ey]: Point, [hx, hy]: Point, sx: number, fill: string) =>
    stroke(`M${sx} 66L${ex} ${ey}`, fill, 11 * f) +
    stroke(`M${ex} ${ey}L${hx} ${hy}`, fill, 9 * f) +
    circle(hx, hy, 5.4 * f, t(r.head === "helmet" ? "#d4d9e0" : limb));
  const leg = ([kx, ky]: Point, [fx, fy]: Point, fill: string) =>
    stroke(`M${50} ${j.hip}L${kx} ${ky}L${fx} ${fy - 3}`, fill, 13 * f) +
    path(
      `M${fx - 7} ${fy + 5}Q${fx - 7} ${fy - 4} ${fx + 2} ${fy - 4}Q${fx + 15} ${fy - 2} ${fx + 15} ${fy + 5}Z`,
      t(darken(bottom, 0.45)),
    );
  const seated = o.pose === "sit" || o.pose === "sleep" || o.pose === "ride" || o.pose === "lean";
  let out = "";
  if (r.cape)
    out += path(
      `M40 58Q14 110 18 ${seated ? 150 : 180}Q40 ${seated ? 158 : 190} 62 ${seated ? 150 : 178}L62 58Z`,
      t(r.cape),
    );
  if (r.head === "helmet") out += rect(20, 56, 30, 52, t("#c5ccd4"), 7);
  out += arm(j.arms[0], j.arms[1], 58, t(darken(top, 0.22)));
  const skirt = r.dress && !seated;
  if (!skirt)
    out += leg(j.legs[0], j.legs[1], t(darken(bottom, 0.22))) + leg(j.legs[2], j.legs[3], t(bottom));
  else {
    out +=
      stroke("M46 160V192M58 160V192", t(skin), 8) +
      ellipse(49, 196, 9, 4, t("#4a3a3a")) +
      ellipse(62, 196, 9, 4, t("#4a3a3a"));
    out += path(
      "M36 96Q24 160 18 180Q50 190 86 180Q78 150 66 96Z",
      pen.linear([
        [0, t(top)],
        [1, t(darken(top, 0.2))],
      ]),
    );
  }
  const w = 17 * f;
  out += path(
    `M${50 - w} 62Q50 50 ${50 + w} 62L${50 + w * 0.92} ${j.hip + 5}Q50 ${j.hip + 11} ${50 - w * 0.92} ${j.hip + 5}Z`,
    pen.linear(
      [
        [0, t(lighten(top, 0.12))],
        [1, t(darken(top, 0.16))],
      ],
      0,
      0,
      1,
      0.6,
    ),
  );
  if (r.apron) out += path(`M42 76H60V100H66L70 ${seated ? 128 : 150}H36L38 100H42Z`, t(r.apron));
  if (r.head === "helmet")
    out +=
      rect(38, 82, 26, 17, t("#aab6c2"), 3) +
      circle(45, 90, 2.6, t("#d9503f")) +
      circle(53, 90, 2.6, t("#3f8fd0"));
  if (r.head === "robot")
    out +=
      rect(37, 76, 27, 22, t("#3a4856"), 4) + circle(44, 87, 3.4, "#ffcf5a") + circle(54, 87, 3.4, "#6fe0a0");
  out += headOf(pen, r, 51, child ? 36 : 34, skin, hair, child ? 1.22 : 1);
  return (
    out +
    arm(
      j.arms[2],
      j.arms[3],
      o.pose === "hold" || o.pose === "play" || o.pose === "ride" ? 46 : 38,
      t(darken(top, 0.06)),
    )
  );
}

function person(r: Role): Art {
  return {
    kind: "person",
    w: 100,
    h: 200,
    metres: r.metres,
    settings: r.settings ?? ["street", "garden", "meadow", "city"],
    hand: { x: 88, y: 95 },
    box: (o) =>
      o.pose === "sit" || o.pose === "sleep" || o.pose === "ride" || o.pose === "lean"
        ? { w: 100, h: 138 }
        : { w: 100, h: 200 },
    draw: (pen, o) => drawPerson(pen, r, o),
  };
}

export const PEOPLE_ARTS: Record<string, Art> = Object.fromEntries(
  Object.entries(ROLES).map(([id, r]) => [id, person(r)]),
);
