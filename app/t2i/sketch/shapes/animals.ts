import type { Art, ArtOptions, Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import type { SettingId } from "../scene.ts";
import { circle, ellipse, path, stroke } from "../svg.ts";
import { dragon, horse } from "./beasts.ts";
import { coatOf, frontHead, type Species } from "./faces.ts";

const SPECIES = {
  cat: {
    ears: "cat",
    base: "#d99a52",
    belly: "#f4ddba",
    points: "#b87a38",
    tail: "thin",
    metres: 0.5,
    nose: "#e58c90",
    eye: "#33302f",
    stripes: "#b4743a",
  },
  dog: {
    ears: "dog",
    base: "#c9935a",
    belly: "#f0ddc0",
    points: "#8a5a34",
    tail: "thin",
    metres: 0.7,
    nose: "#2b2624",
    eye: "#2b2624",
    muzzle: "#f0ddc0",
  },
  fox: {
    ears: "fox",
    base: "#d9692a",
    belly: "#fbeedd",
    points: "#43302a",
    tail: "bushy",
    metres: 0.6,
    nose: "#2b2624",
    eye: "#2b2624",
    cheeks: "#fbeedd",
  },
  wolf: {
    ears: "fox",
    base: "#7d8590",
    belly: "#d9dde2",
    points: "#4a4f5a",
    tail: "bushy",
    metres: 0.9,
    nose: "#22222a",
    eye: "#2c2a2a",
    cheeks: "#d9dde2",
  },
  bear: {
    ears: "round",
    base: "#7a4f33",
    belly: "#a0724e",
    points: "#5d3a25",
    tail: "stub",
    metres: 1.6,
    nose: "#221c1a",
    eye: "#221c1a",
    muzzle: "#c39a72",
    bulk: 1.25,
  },
  polarBear: {
    ears: "round",
    base: "#f1efe8",
    belly: "#ffffff",
    points: "#dcd8cc",
    tail: "stub",
    metres: 1.7,
    nose: "#26262c",
    eye: "#26262c",
    muzzle: "#ffffff",
    bulk: 1.25,
  },
  panda: {
    ears: "round",
    base: "#f4f2ec",
    belly: "#ffffff",
    points: "#2c2b33",
    tail: "stub",
    metres: 1.3,
    nose: "#22222a",
    eye: "#22222a",
    patches: "#2c2b33",
    bulk: 1.25,
  },
  lion: {
    ears: "round",
    base: "#dfa557",
    belly: "#f2d8a4",
    points: "#c28a3e",
    tail: "tuft",
    metres: 1.2,
    mane: "#8f5427",
    nose: "#4a2f24",
    eye: "#33241c",
    muzzle: "#f2d8a4",
    bulk: 1.1,
  },
  tiger: {
    ears: "round",
    base: "#e58a32",
    belly: "#fbf0dc",
    points: "#c56f20",
    tail: "thin",
    metres: 1.1,
    stripes: "#2f2622",
    nose: "#c9706c",
    eye: "#2a2320",
    cheeks: "#fbf0dc",
    bulk: 1.1,
  },
  rabbit: {
    ears: "long",
    base: "#cbb9a6",
    belly: "#f3ece2",
    points: "#a8937e",
    tail: "stub",
    metres: 0.35,
    nose: "#e08f94",
    eye: "#2e2826",
  },
} satisfies Record<string, Species>;

const HOMES: Partial<Record<keyof typeof SPECIES, readonly SettingId[]>> = {
  cat: ["living", "garden", "street"],
  dog: ["garden", "meadow", "living"],
  fox: ["forest", "meadow"],
  wolf: ["forest", "snow", "mountains"],
  bear: ["forest", "river", "mountains"],
  polarBear: ["snow"],
  panda: ["jungle", "forest"],
  lion: ["desert", "meadow"],
  tiger: ["jungle"],
  rabbit: ["meadow", "garden", "flowers"],
};

function tail(pen: Pen, s: Species, d: string, w: number, tip: [number, number]): string {
  if (s.tail === "stub") return circle(tip[0], tip[1], w * 1.2, pen.tone(s.belly));
  if (s.tail === "bushy")
    return stroke(d, pen.tone(s.base), w * 2.3) + circle(tip[0], tip[1], w * 1.15, pen.tone(s.belly));
  const line = stroke(d, pen.tone(darken(s.base, 0.08)), w);
  return s.tail === "tuft" ? line + circle(tip[0], tip[1], w * 1.1, pen.tone(s.mane ?? s.points)) : line;
}

function sit(pen: Pen, s: Species): string {
  const b = s.bulk ?? 1;
  const base = pen.linear(
    [
      [0, pen.tone(lighten(s.base, 0.1))],
      [1, pen.tone(darken(s.base, 0.16))],
    ],
    0,
    0,
    1,
    1,
  );
  const limb = pen.tone(s.patches ? s.points : s.base);
  const shade = pen.tone(darken(s.patches ? s.points : s.base, 0.14));
  let out =
    s.tail === "stub"
      ? ""
      : tail(pen, s, "M88 138Q124 146 122 116Q120 98 130 92", s.tail === "thin" ? 9 : 10, [130, 92]);
  out += path(
    `M${60 - 22 * b} 70Q${60 - 46 * b} 118 ${60 - 40 * b} 148H${60 + 40 * b}Q${60 + 46 * b} 118 ${60 + 22 * b} 70Q60 56 ${60 - 22 * b} 70Z`,
    base,
  );
  if (s.patches)
    out += path(
      `M${60 - 24 * b} 72Q60 60 ${60 + 24 * b} 72Q${60 + 34 * b} 92 ${60 + 35 * b} 98Q60 108 ${60 - 35 * b} 98Q${60 - 34 * b} 92 ${60 - 24 * b} 72Z`,
      pen.tone(s.points),
    );
  out += ellipse(60 - 31 * b, 128, 18 * b, 21, shade) + ellipse(60 + 31 * b, 128, 18 * b, 21, shade);
  out += ellipse(60, 106, 17 * b, 34, pen.tone(s.belly), { opacity: s.patches ? 0 : 0.9 });
  for (const k of [-1, 1]) {
    out += path(
      `M${60 + k * 5} 98Q${60 + k * 25 * b} 92 ${60 + k * 21 * b} 146H${60 + k * 3}Q${60 + k * 6} 120 ${60 + k * 5} 98Z`,
      limb,
    );
    out += ellipse(
      60 + k * 13 * b,
      145,
      11 * b,
      6,
      pen.tone(s.ears === "fox" ? s.points : s.patches ? s.points : lighten(s.base, 0.2)),
    );
  }
  if (s.stripes)
    for (const y of [92, 104, 116])
      out += stroke(
        `M${60 - 34 * b} ${y + 8}q8 -2 12 2M${60 + 34 * b} ${y + 8}q-8 -2 -12 2`,
        pen.tone(s.stripes),
        3,
      );
  return out + frontHead(pen, s, 60, 44, 30 * (b > 1 ? 1.08 : 1), false);
}

function sleep(pen: Pen, s: Species): string {
  const base = pen.radial(
    [
      [0, pen.tone(lighten(s.base, 0.12))],
      [0.6, pen.tone(s.base)],
      [1, pen.tone(darken(s.base, 0.22))],
    ],
    0.42,
    0.3,
    0.75,
  );
  const edge = pen.tone(darken(s.base, 0.2));
  let out = path("M14 92Q-2 60 26 34Q66 4 118 16Q172 30 178 70Q180 96 150 98H40Q20 98 14 92Z", base);
  out +=
    path("M24 92Q14 60 52 52Q88 52 84 92Z", pen.tone(darken(s.base, 0.09))) +
    stroke("M30 86Q22 60 52 53Q78 52 84 78", edge, 2, { opacity: 0.6 });
  if (s.stripes)
    out += stroke("M70 18q2 12 -2 20M92 14q3 12 0 22M114 17q3 10 1 20", pen.tone(s.stripes), 4, {
      opacity: 0.85,
    });
  if (s.patches) out += path("M100 15Q130 16 150 34L138 60Q110 50 96 34Z", pen.tone(s.points));
  if (s.tail !== "stub")
    out += tail(pen, s, "M18 84Q24 102 70 96T112 92", s.tail === "thin" ? 11 : 9, [112, 92]);
  out +=
    ellipse(124, 93, 17, 7, pen.tone(lighten(s.base, 0.15))) +
    ellipse(152, 94, 16, 6.5, pen.tone(lighten(s.base, 0.15)));
  return out + frontHead(pen, s, 138, 64, 28, true);
}

function stand(pen: Pen, s: Species, stride: number): string {
  const b = s.bulk ?? 1;
  const far = pen.tone(darken(s.patches ? s.points : s.base, 0.25));
  const limb = pen.tone(s.patches ? s.points : s.base);
  const body = pen.linear([
    [0, pen.tone(lighten(s.base, 0.12))],
    [1, pen.tone(darken(s.base, 0.16))],
  ]);
  const k = stride;
  const foot = s.ears === "fox" ? pen.tone(s.points) : limb;
  const leg = (x: number, dx: number, fill: string, w: number) =>
    stroke(`M${x} 92Q${x + dx * 0.2} 116 ${x + dx} 143`, fill, w);
  const w = 14 * b;
  let out = tail(pen, s, "M34 76Q6 70 8 44Q10 30 20 26", s.tail === "thin" ? 8 : 10, [20, 27]);
  out += leg(56, 10 - k, far, w) + leg(120, -8 + k, far, w);
  out += path(
    `M26 80Q26 ${60 - 6 * b} 62 58Q100 60 128 54Q152 56 150 84Q148 108 124 108Q90 ${104 + 6 * b} 54 110Q28 108 26 80Z`,
    body,
  );
  out += path("M52 108Q90 106 124 107Q142 102 146 92Q110 96 40 100Q44 106 52 108Z", pen.tone(s.belly), {
    opacity: 0.8,
  });
  if (s.stripes)
    out += stroke(
      "M58 60q4 12 0 22M76 60q4 12 0 24M94 59q4 12 0 24M110 58q4 10 1 20",
      pen.tone(s.stripes),
      4,
    );
  out += leg(46, -8 + k * 0.8, limb, w) + leg(132, 4 - k * 0.6, limb, w);
  out +=
    ellipse(46 - 8 + k * 0.8 + 3, 145, w * 0.72, 5, foot) +
    ellipse(132 + 4 - k * 0.6 + 3, 145, w * 0.72, 5, foot);
  out += path("M122 66Q132 44 150 44L164 70Q150 92 132 90Z", pen.tone(s.base));
  return out + frontHead(pen, s, 152, 46, 27 * (b > 1 ? 1.1 : 1), false);
}

function poseOf(o: ArtOptions): "sit" | "sleep" | "stand" {
  if (o.pose === "sleep") return "sleep";
  if (o.pose === "walk" || o.pose === "stand" || o.pose === "swim" || o.pose === "fly" || o.pose === "dance")
    return "stand";
  return "sit";
}

const BOXES = { sit: { w: 120, h: 150 }, sleep: { w: 186, h: 100 }, stand: { w: 186, h: 150 } } as const;

function animal(id: keyof typeof SPECIES): Art {
  const species: Species = SPECIES[id];
  return {
    kind: "creature",
    w: 120,
    h: 150,
    metres: species.metres,
    settings: HOMES[id] ?? ["meadow"],
    hand: { x: 62, y: 112 },
    seat: { x: 90, y: 62 },
    box: (o) => BOXES[poseOf(o)],
    draw(pen, o) {
      const s = coatOf(species, o.colours[0]);
      const pose = poseOf(o);
      if (pose === "sleep") return sleep(pen, s);
      return pose === "sit" ? sit(pen, s) : stand(pen, s, o.pose === "walk" ? 18 : 2);
    },
  };
}

export const ANIMAL_ARTS: Record<string, Art> = {
  ...Object.fromEntries((Object.keys(SPECIES) as (keyof typeof SPECIES)[]).map((id) => [id, animal(id)])),
  horse: horse("horse"),
  unicorn: horse("unicorn"),
  zebra: horse("zebra"),
  dragon,
};
