import type { Art, Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, ellipse, path, stroke } from "../svg.ts";

function crown(
  pen: Pen,
  colour: string,
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  blobs: number,
): string {
  const { rnd } = pen;
  const layer = (fill: string, dx: number, dy: number, scale: number) => {
    let out = "";
    for (let i = 0; i < blobs; i++) {
      const a = (i / blobs) * Math.PI * 2 + rnd.next() * 0.5;
      out += circle(
        cx + dx + Math.cos(a) * rx * 0.6 * scale,
        cy + dy + Math.sin(a) * ry * 0.6 * scale,
        Math.min(rx, ry) * (0.44 + rnd.next() * 0.14) * scale,
        fill,
      );
    }
    return out + ellipse(cx + dx, cy + dy, rx * 0.72 * scale, ry * 0.72 * scale, fill);
  };
  return (
    layer(pen.tone(darken(colour, 0.24)), 4, 8, 1) +
    layer(pen.tone(colour), 0, 0, 0.94) +
    layer(pen.tone(lighten(colour, 0.2)), -rx * 0.2, -ry * 0.24, 0.52)
  );
}

function oak(leaf: ((pen: Pen) => string) | string, bare = false): Art {
  return {
    kind: "plant",
    w: 180,
    h: 230,
    metres: 8,
    settings: ["meadow", "garden"],
    draw(pen, o) {
      const c = o.colours[0] ?? (typeof leaf === "string" ? leaf : leaf(pen));
      const bark = pen.tone("#6a4a34");
      let out =
        path("M78 230Q84 180 80 128L100 128Q98 180 108 230Z", bark) +
        stroke("M90 160L60 120M92 150L124 112M90 134L88 92", bark, 8);
      if (bare || (pen.pal.season === "winter" && o.colours.length === 0)) {
        out += stroke(
          "M60 120L36 96M60 120L62 84M124 112L150 90M124 112L122 74M88 92L74 50M88 92L108 46M36 96L20 92M150 90L166 70M74 50L60 32M108 46L124 22M62 84L46 62",
          bark,
          4,
        );
        return out;
      }
      return out + crown(pen, c, 90, 78, 84, 72, 8);
    },
  };
}

const pine: Art = {
  kind: "plant",
  w: 120,
  h: 240,
  metres: 10,
  settings: ["forest", "mountains", "snow"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#2f6b4a", "#35754f", "#28604f"]);
    const snowy = pen.pal.season === "winter";
    let out = path("M53 240V196H67V240Z", pen.tone("#5f4230"));
    for (let i = 0; i < 4; i++) {
      const y = 210 - i * 50;
      const w = 58 - i * 11;
      const top = y - 78 + i * 6;
      out += path(
        `M60 ${top}L${60 + w} ${y}Q${60 + w * 0.4} ${y - 7} 60 ${y + 3}Q${60 - w * 0.4} ${y - 7} ${60 - w} ${y}Z`,
        pen.tone(darken(c, 0.16 - i * 0.04)),
      );
      out += path(
        `M60 ${top}L${60 + w} ${y}Q${60 + w * 0.4} ${y - 7} 60 ${y + 3}Z`,
        pen.tone(darken(c, 0.32)),
        { opacity: 0.6 },
      );
      if (snowy)
        out += path(
          `M60 ${top}L${60 + w * 0.66} ${top + (y - top) * 0.66}Q${60 + w * 0.2} ${top + 34} 60 ${top + 46}Q${60 - w * 0.2} ${top + 30} ${60 - w * 0.66} ${top + (y - top) * 0.66}Z`,
          pen.tone("#f5f9fd"),
          { opacity: 0.92 },
        );
    }
    return out;
  },
};

const birch: Art = {
  kind: "plant",
  w: 120,
  h: 240,
  metres: 9,
  settings: ["forest", "lake"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.pal.foliage;
    let out = path("M55 240L57 70H64L67 240Z", pen.tone("#f0ece2"));
    for (let i = 0; i < 8; i++)
      out += stroke(
        `M${56 + pen.rnd.below(3)} ${92 + i * 19}h${4 + pen.rnd.below(5)}`,
        pen.tone("#3c3a38"),
        2.4,
      );
    return out + crown(pen, c, 60, 74, 46, 74, 8);
  },
};

const palm: Art = {
  kind: "plant",
  w: 180,
  h: 240,
  metres: 8,
  settings: ["beach", "desert", "jungle"],
  draw(pen, o) {
    const c = o.colours[0] ?? pen.rnd.pick(["#3f8a4a", "#4f9a50", "#2f7a52"]);
    let out = path("M84 240Q76 150 96 66L106 68Q92 150 104 240Z", pen.tone("#8a6543"));
    for (let i = 0; i < 9; i++)
      out += stroke(`M${84 + i * 1.2} ${222 - i * 17}q8 5 15 1`, pen.tone("#6b4c32"), 2);
    const frond = (dx: number, dy: number, fill: string) =>
      path(
        `M100 66Q${100 + dx * 0.5} ${66 + dy - 34} ${100 + dx} ${66 + dy}Q${100 + dx * 0.45} ${66 + dy * 0.7 - 8} 100 66Z`,
        fill,
      ) +
      stroke(
        `M100 66Q${100 + dx * 0.5} ${60 + dy - 24} ${100 + dx * 0.9} ${66 + dy - 4}`,
        pen.tone(darken(c, 0.3)),
        1.4,
      );
    for (const [dx, dy] of [
      [-78, 36],
      [78, 40],
      [-50, 66],
      [56, 70],
    ] as const)
      out += frond(dx, dy, pen.tone(darken(c, 0.2)));
    for (const [dx, dy] of [
      [-88, -2],
      [84, 2],
      [-50, -36],
      [48, -36],
      [0, -52],
    ] as const)
      out += frond(dx, dy, pen.tone(lighten(c, 0.08)));
    return out + circle(94, 74, 7, pen.tone("#6b4630")) + circle(106, 77, 7, pen.tone("#7a5236"));
  },
};

const cactus: Art = {
  kind: "plant",
  w: 110,
  h: 180,
  metres: 3,
  settings: ["desert"],
  draw(pen, o) {
    const c = o.colours[0] ?? "#4f8a58";
    const t = pen.tone;
    return (
      stroke("M55 176V30M55 112Q22 116 22 66M55 92Q88 96 88 50", t(c), 25) +
      stroke("M49 172V30M16 66Q17 104 50 108M82 50Q82 82 60 86", t(lighten(c, 0.22)), 4) +
      stroke("M62 172V30", t(darken(c, 0.24)), 4) +
      circle(55, 16, 6, t("#e07a9a"))
    );
  },
};

/** One flower on a stem. */
export function bloom(
  pen: Pen,
  kind: "sunflower" | "tulip" | "daisy" | "rose" | "poppy",
  x: number,
  base: number,
  h: number,
  colour?: string,
): string {
  const t = pen.tone;
  const top = base - h;
  const r = h * 0.2;
  let out = stroke(
    `M${x} ${base}Q${x + r * 0.4} ${base - h * 0.5} ${x} ${top + r}`,
    t("#4f8a44"),
    Math.max(1.6, h * 0.03),
  );
  out += path(
    `M${x} ${base - h * 0.3}Q${x + r * 1.6} ${base - h * 0.62} ${x + r * 2} ${base - h * 0.44}Q${x + r} ${base - h * 0.28} ${x} ${base - h * 0.26}Z`,
    t("#5a9a4c"),
  );
  out += path(
    `M${x} ${base - h * 0.2}Q${x - r * 1.6} ${base - h * 0.52} ${x - r * 2} ${base - h * 0.34}Q${x - r} ${base - h * 0.18} ${x} ${base - h * 0.16}Z`,
    t("#4a8a42"),
  );
  if (kind === "tulip") {
    const c = colour ?? pen.rnd.pick(["#d93f4f", "#e87fa0", "#f0b030", "#9a5ab8"]);
    return (
      out +
      path(
        `M${x - r} ${top}Q${x - r * 1.3} ${top + r * 1.8} ${x} ${top + r * 2}Q${x + r * 1.3} ${top + r * 1.8} ${x + r} ${top}Q${x + r * 0.4} ${top + r * 0.4} ${x} ${top - r * 0.3}Q${x - r * 0.4} ${top + r * 0.4} ${x - r} ${top}Z`,
        t(c),
      ) +
      path(
        `M${x} ${top - r * 0.3}Q${x + r * 0.8} ${top + r} ${x} ${top + r * 2}Q${x - r * 0.8} ${top + r} ${x} ${top - r * 0.3}Z`,
        t(darken(c, 0.16)),
      )
    );
  }
  if (kind === "rose" || kind === "poppy") {
    const c = colour ?? (kind === "rose" ? "#c8324a" : "#e0432f");
    return (
      out +
      circle(x, top + r, r * 1.2, t(darken(c, 0.16))) +
      circle(x - r * 0.4, top + r * 0.7, r * 0.85, t(c)) +
      circle(x + r * 0.5, top + r * 1.1, r * 0.7, t(lighten(c, 0.12))) +
      circle(x, top + r * 0.9, r * 0.36, t(kind === "rose" ? darken(c, 0.35) : "#2b2228"))
    );
  }
  const petal = colour ?? (kind === "sunflower" ? "#f4b92a" : "#fbf7ee");
  const count = kind === "sunflower" ? 14 : 9;
  for (let i = 0; i < count; i++)
    out += `<ellipse cx="${x.toFixed(1)}" cy="${(top + r - r * 1.15).toFixed(1)}" rx="${(r * 0.32).toFixed(1)}" ry="${(r * 0.75).toFixed(1)}" fill="${t(i % 2 ? petal : darken(petal, 0.1))}" transform="rotate(${Math.round((360 / count) * i)} ${x.toFixed(1)} ${(top + r).toFixed(1)})"/>`;
  return (
    out +
    circle(
      x,
      top + r,
      r * (kind === "sunflower" ? 0.85 : 0.42),
      t(kind === "sunflower" ? "#5a3620" : "#eebf3f"),
    ) +
    (kind === "sunflower" ? circle(x, top + r, r * 0.5, t("#7a4a2a")) : "")
  );
}

function flower(kind: "sunflower" | "tulip" | "daisy" | "rose" | "poppy", metres: number): Art {
  return {
    kind: "plant",
    w: 100,
    h: 180,
    metres,
    settings: ["garden", "flowers", "meadow"],
    seat: { x: 52, y: 26 },
    draw: (pen, o) =>
      bloom(pen, kind, 30, 180, 128, o.colours[0]) +
      bloom(pen, kind, 74, 180, 146, o.colours[0]) +
      bloom(pen, kind, 52, 180, 172, o.colours[0]),
  };
}

const bush: Art = {
  kind: "plant",
  w: 150,
  h: 90,
  metres: 1.2,
  settings: ["garden"],
  draw: (pen, o) => crown(pen, o.colours[0] ?? pen.pal.foliage, 75, 58, 72, 44, 8),
};

const waterlily: Art = {
  kind: "plant",
  w: 120,
  h: 60,
  metres: 0.3,
  settings: ["lake"],
  floats: true,
  draw(pen, o) {
    const c = o.colours[0] ?? "#f2b8cc";
    const t = pen.tone;
    let out = ellipse(60, 48, 58, 12, t("#4f8a58"));
    for (const [dx, h] of [
      [-30, 22],
      [30, 22],
      [-18, 34],
      [18, 34],
      [0, 42],
    ] as const)
      out += path(
        `M60 46Q${60 + dx - 9} ${46 - h * 0.6} ${60 + dx} ${46 - h}Q${60 + dx + 9} ${46 - h * 0.6} 60 46Z`,
        t(dx === 0 ? lighten(c, 0.35) : c),
      );
    return out;
  },
};

export const PLANT_ARTS: Record<string, Art> = {
  oak: oak((pen) => pen.pal.foliage),
  autumnTree: oak((pen) => pen.rnd.pick(["#d9822b", "#c9502c", "#e2a52e"])),
  cherryTree: oak((pen) => pen.rnd.pick(["#f2b6c6", "#f4c4d0", "#eea4ba"])),
  bareTree: oak("#777777", true),
  pine,
  birch,
  palm,
  cactus,
  bush,
  waterlily,
  sunflower: flower("sunflower", 1.6),
  tulip: flower("tulip", 0.5),
  daisy: flower("daisy", 0.45),
  rose: flower("rose", 0.7),
  poppy: flower("poppy", 0.5),
};
