import type { Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, ellipse, path, poly, stroke } from "../svg.ts";

export interface Species {
  ears: "cat" | "fox" | "dog" | "round" | "long";
  base: string;
  belly: string;
  points: string;
  tail: "thin" | "bushy" | "tuft" | "stub";
  metres: number;
  mane?: string;
  stripes?: string;
  patches?: string;
  cheeks?: string;
  muzzle?: string;
  nose: string;
  eye: string;
  bulk?: number;
}

/** The colours of one animal, with the prompt's colour word applied. */
export function coatOf(s: Species, colour: string | undefined): Species {
  if (!colour) return s;
  const pale = lighten(colour, 0.45);
  return {
    ...s,
    base: colour,
    belly: pale,
    points: darken(colour, 0.3),
    cheeks: s.cheeks ? pale : undefined,
    stripes: s.stripes && s.ears !== "cat" ? darken(colour, 0.5) : undefined,
    muzzle: s.muzzle ? lighten(colour, 0.3) : undefined,
    mane: s.mane ? darken(colour, 0.25) : undefined,
  };
}

function ears(pen: Pen, s: Species, x: number, y: number, r: number): string {
  const inner = pen.tone(s.base === s.belly ? "#f0b8b4" : lighten("#e8a49c", 0.15));
  const base = pen.tone(s.base);
  const dark = pen.tone(darken(s.base, 0.12));
  switch (s.ears) {
    case "cat":
    case "fox": {
      const high = s.ears === "fox" ? 1.75 : 1.5;
      const one = (k: number, fill: string) =>
        path(
          `M${x + k * r * 0.95} ${y - r * 0.2}Q${x + k * r * 1.05} ${y - r * (high - 0.3)} ${x + k * r * 0.86} ${y - r * high}Q${x + k * r * 0.45} ${y - r * 1.2} ${x + k * r * 0.2} ${y - r * 0.75}Z`,
          fill,
        ) +
        path(
          `M${x + k * r * 0.84} ${y - r * 0.5}Q${x + k * r * 0.9} ${y - r * (high - 0.4)} ${x + k * r * 0.8} ${y - r * (high - 0.28)}Q${x + k * r * 0.55} ${y - r} ${x + k * r * 0.42} ${y - r * 0.75}Z`,
          s.ears === "fox" ? pen.tone(s.points) : inner,
        );
      return one(-1, base) + one(1, dark);
    }
    case "dog":
      return [-1, 1]
        .map((k) =>
          path(
            `M${x + k * r * 0.45} ${y - r * 0.85}Q${x + k * r * 1.35} ${y - r * 1.05} ${x + k * r * 1.3} ${y + r * 0.1}Q${x + k * r * 1.22} ${y + r * 0.75} ${x + k * r * 0.95} ${y + r * 0.55}Q${x + k * r * 0.7} ${y} ${x + k * r * 0.6} ${y - r * 0.4}Z`,
            pen.tone(s.points),
          ),
        )
        .join("");
    case "round":
      return [-1, 1]
        .map(
          (k) =>
            circle(x + k * r * 0.78, y - r * 0.78, r * 0.36, pen.tone(s.points)) +
            circle(x + k * r * 0.76, y - r * 0.74, r * 0.19, inner),
        )
        .join("");
    case "long":
      return [-1, 1]
        .map(
          (k) =>
            ellipse(x + k * r * 0.42, y - r * 1.55, r * 0.26, r * 0.95, pen.tone(s.base)) +
            ellipse(x + k * r * 0.42, y - r * 1.5, r * 0.13, r * 0.72, inner),
        )
        .join("");
  }
}

/** A head seen from the front. */
export function frontHead(pen: Pen, s: Species, x: number, y: number, r: number, asleep: boolean): string {
  const ink = pen.tone(s.eye);
  let out = "";
  if (s.mane) {
    for (let i = 0; i < 12; i++) {
      const a = (i * Math.PI) / 6;
      out += circle(
        x + Math.cos(a) * r * 0.95,
        y + Math.sin(a) * r * 0.95,
        r * 0.55,
        pen.tone(i % 2 ? s.mane : darken(s.mane, 0.12)),
      );
    }
  }
  out += ears(pen, s, x, y, r);
  const wide = s.ears === "fox" ? 1.12 : s.ears === "cat" ? 1.08 : 1;
  out += ellipse(
    x,
    y,
    r * wide,
    r * 0.9,
    pen.radial(
      [
        [0, pen.tone(lighten(s.base, 0.12))],
        [0.75, pen.tone(s.base)],
        [1, pen.tone(darken(s.base, 0.1))],
      ],
      0.42,
      0.35,
      0.75,
    ),
  );
  if (s.cheeks) {
    out += path(
      `M${x - r * 1.1} ${y + r * 0.05}Q${x - r * 0.5} ${y} ${x} ${y + r * 0.3}Q${x + r * 0.5} ${y} ${x + r * 1.1} ${y + r * 0.05}Q${x + r * 0.7} ${y + r * 0.9} ${x} ${y + r * 0.92}Q${x - r * 0.7} ${y + r * 0.9} ${x - r * 1.1} ${y + r * 0.05}Z`,
      pen.tone(s.cheeks),
    );
  }
  if (s.muzzle) out += ellipse(x, y + r * 0.36, r * 0.5, r * 0.42, pen.tone(s.muzzle));
  if (s.stripes) {
    out += stroke(
      `M${x} ${y - r * 0.82}V${y - r * 0.5}M${x - r * 0.22} ${y - r * 0.78}V${y - r * 0.55}M${x + r * 0.22} ${y - r * 0.78}V${y - r * 0.55}M${x - r * 0.95} ${y + r * 0.1}H${x - r * 0.7}M${x + r * 0.95} ${y + r * 0.1}H${x + r * 0.7}`,
      pen.tone(s.stripes),
      r * 0.08,
    );
  }
  if (s.patches)
    out += [-1, 1]
      .map((k) => ellipse(x + k * r * 0.4, y - r * 0.05, r * 0.24, r * 0.3, pen.tone(s.patches ?? s.points)))
      .join("");
  for (const k of [-1, 1]) {
    const ex = x + k * r * 0.4;
    if (asleep)
      out += stroke(`M${ex - r * 0.2} ${y}Q${ex} ${y + r * 0.2} ${ex + r * 0.2} ${y}`, ink, r * 0.09);
    else
      out +=
        ellipse(ex, y - r * 0.04, r * 0.13, r * 0.17, s.patches ? pen.tone("#101018") : ink) +
        circle(ex + r * 0.05, y - r * 0.1, r * 0.05, "#ffffff");
  }
  const ny = y + r * (s.ears === "fox" ? 0.52 : 0.26);
  out += poly(
    [
      [x - r * 0.13, ny],
      [x + r * 0.13, ny],
      [x, ny + r * 0.15],
    ],
    pen.tone(s.nose),
    { stroke: pen.tone(s.nose), "stroke-width": r * 0.07, "stroke-linejoin": "round" },
  );
  out += stroke(
    `M${x} ${ny + r * 0.15}V${ny + r * 0.24}M${x} ${ny + r * 0.24}Q${x - r * 0.16} ${ny + r * 0.36} ${x - r * 0.28} ${ny + r * 0.24}M${x} ${ny + r * 0.24}Q${x + r * 0.16} ${ny + r * 0.36} ${x + r * 0.28} ${ny + r * 0.24}`,
    ink,
    r * 0.055,
  );
  if (s.ears === "cat" || s.ears === "long") {
    for (const k of [-1, 1])
      out += stroke(
        `M${x + k * r * 0.55} ${y + r * 0.38}L${x + k * r * 1.25} ${y + r * 0.28}M${x + k * r * 0.55} ${y + r * 0.48}L${x + k * r * 1.22} ${y + r * 0.56}`,
        pen.tone(darken(s.base, 0.35)),
        r * 0.03,
        { opacity: 0.7 },
      );
  }
  return out;
}
