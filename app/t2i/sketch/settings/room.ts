import type { Pen } from "../art.ts";
import { darken, lighten, mix } from "../colour.ts";
import { FURNITURE_ARTS, shelf } from "../shapes/furniture.ts";
import { circle, ellipse, path, poly, rect, ridge, stroke } from "../svg.ts";
import { sky } from "./sky.ts";
import { type Backdrop, BOTTOM, LEFT, type Stage, WIDTH } from "./stage.ts";
import { place, rolling } from "./terrain.ts";

export const WALLS = [
  "#d8e0d2",
  "#e9dcc6",
  "#c9d8dd",
  "#e3cbb8",
  "#cdc7dc",
  "#b8c9b4",
  "#8fa9ac",
  "#d9b8a4",
  "#5f7f86",
  "#7d6f8a",
] as const;

/** Indoor light: lamp-warm when it is dark outside. */
export function indoorPen(s: Stage): Pen {
  const { pal } = s.pen;
  if (s.scene.lights.includes("candle")) return s.pen.under("#cfa984");
  if (pal.time === "night") return s.pen.under(s.scene.lights.includes("moon") ? "#7488b8" : "#b59a86");
  if (pal.time === "blue") return s.pen.under("#b3a6b8");
  if (pal.time === "sunset") return s.pen.under("#fae0c8");
  if (pal.time === "golden") return s.pen.under("#fff2dc");
  return s.pen.under(
    s.scene.weather.includes("storm") || s.scene.weather.includes("rain") ? "#cfd2da" : "#fffaf2",
  );
}

/** A window with the sky of the hour in it. */
export function windowView(
  s: Stage,
  p: Pen,
  x: number,
  y: number,
  w: number,
  h: number,
  curtains: boolean,
): string {
  const { pen } = s;
  const clip = pen.clip(rect(x, y, w, h, "#fff"));
  const inner = sky({ ...s, horizon: y + h * 0.72, flavour: new Set(["own-moon"]) });
  const hill = pen.pal.season === "winter" ? "#e9eff5" : pen.pal.grass;
  let out = rect(x - 9, y - 9, w + 18, h + 18, p.tone("#f6f0e4"), 3);
  out += `<g clip-path="${clip}">${inner}${pen.pal.dark ? circle(x + w * 0.66, y + h * 0.28, 13, "#fbf5de") : ""}${path(ridge(rolling(pen, y + h * 0.8, 22, 8), BOTTOM), pen.far(0.25).tone(hill))}${path(ridge(rolling(pen, y + h * 0.92, 14, 8), BOTTOM), pen.tone(darken(hill, 0.12)))}</g>`;
  out +=
    rect(x + w / 2 - 3, y, 6, h, p.tone("#f6f0e4")) +
    rect(x, y + h * 0.46, w, 5, p.tone("#f6f0e4")) +
    rect(x - 16, y + h + 6, w + 32, 9, p.tone("#fbf7ee"), 2);
  if (curtains) {
    const c = pen.rnd.pick(["#c9846a", "#e9dcc2", "#7f9aa8", "#a8b88a", "#b07f9a"]);
    for (const k of [0, 1]) {
      const cx = k ? x + w + 26 : x - 26;
      const d = k ? -1 : 1;
      out +=
        path(
          `M${cx} ${y - 22}H${cx + d * 50}Q${cx + d * 44} ${y + h * 0.5} ${cx + d * 26} ${y + h + 34}H${cx - d * 6}Z`,
          p.tone(c),
        ) +
        stroke(
          `M${cx + d * 12} ${y - 20}Q${cx + d * 12} ${y + h * 0.5} ${cx + d * 6} ${y + h + 30}M${cx + d * 30} ${y - 20}Q${cx + d * 28} ${y + h * 0.5} ${cx + d * 16} ${y + h + 30}`,
          p.tone(darken(c, 0.18)),
          2.4,
        );
    }
    out += rect(x - 40, y - 28, w + 80, 7, p.tone("#6a4a36"), 3);
  }
  return out;
}

function floor(p: Pen, y: number, kind: number): string {
  const wood = p.rnd.pick(["#b58459", "#9c6b45", "#c79a6b", "#8a6048"]);
  const c = p.tone(wood);
  let out = rect(
    LEFT,
    y,
    WIDTH,
    BOTTOM - y,
    p.linear([
      [0, mix(c, p.tone("#3a2a22"), 0.2)],
      [0.4, c],
      [1, p.tone(darken(wood, 0.22))],
    ]),
  );
  if (kind === 0) {
    let d = "";
    for (let i = -9; i <= 9; i++) d += `M${256 + i * 44} ${y}L${256 + i * 104} ${BOTTOM}`;
    out += stroke(d, p.tone(darken(wood, 0.3)), 1.4, { opacity: 0.5 });
  } else {
    let d = "";
    for (let i = 0; i < 6; i++) d += `M${LEFT} ${y + i * i * 6 + i * 8}H${LEFT + WIDTH}`;
    out += stroke(d, p.tone(darken(wood, 0.3)), 1.4, { opacity: 0.45 });
  }
  return out;
}

function picture(p: Pen, x: number, y: number, w: number, h: number): string {
  const { rnd } = p;
  const bg = rnd.pick(["#e9dcc0", "#d5e2e4", "#f0e6da", "#c7d3c0"]);
  let out =
    rect(x - 6, y - 6, w + 12, h + 12, p.tone(rnd.pick(["#6a4a34", "#2f2f36", "#c9a25a"])), 2) +
    rect(x, y, w, h, p.tone(bg));
  const a = rnd.pick(["#c8704f", "#4f7f9c", "#7f9a5f", "#d9a548"]);
  out +=
    rnd.next() < 0.5
      ? circle(x + w * 0.6, y + h * 0.35, Math.min(w, h) * 0.2, p.tone(a)) +
        path(
          `M${x} ${y + h}V${y + h * 0.7}Q${x + w * 0.3} ${y + h * 0.4} ${x + w * 0.6} ${y + h * 0.72}T${x + w} ${y + h * 0.6}V${y + h}Z`,
          p.tone(darken(a, 0.35)),
        )
      : poly(
          [
            [x + w * 0.15, y + h * 0.85],
            [x + w * 0.5, y + h * 0.2],
            [x + w * 0.85, y + h * 0.85],
          ],
          p.tone(a),
        );
  return out;
}

function plantPot(p: Pen, x: number, y: number, h: number): string {
  let out = "";
  const green = p.rnd.pick(["#3f7f4f", "#4f8f5a", "#2f6f5a"]);
  for (let i = -3; i <= 3; i++)
    out += path(
      `M${x} ${y - h * 0.3}Q${x + i * h * 0.1 - 6} ${y - h * 0.75} ${x + i * h * 0.15} ${y - h * (1 - Math.abs(i) * 0.1)}Q${x + i * h * 0.16 + 8} ${y - h * 0.65} ${x} ${y - h * 0.3}Z`,
      p.tone(i % 2 ? green : lighten(green, 0.16)),
    );
  return (
    out +
    path(
      `M${x - h * 0.17} ${y - h * 0.32}H${x + h * 0.17}L${x + h * 0.12} ${y}H${x - h * 0.12}Z`,
      p.tone(p.rnd.pick(["#c8704f", "#e9e0d0", "#5f7f8a"])),
    ) +
    rect(x - h * 0.19, y - h * 0.36, h * 0.38, h * 0.07, p.tone("#b8634a"), 2)
  );
}

export function room(s: Stage, kind: "living" | "kitchen" | "library" | "bedroom"): Backdrop {
  const p = indoorPen(s);
  const { rnd } = p;
  const y = 352 + rnd.below(26);
  const wall = rnd.pick(WALLS);
  const w = p.tone(wall);
  let back = rect(
    LEFT,
    -80,
    WIDTH,
    y + 90,
    p.linear([
      [0, mix(w, p.tone("#2f2a33"), 0.12)],
      [0.6, w],
      [1, mix(w, p.tone("#2f2a33"), 0.16)],
    ]),
  );
  const pattern = rnd.below(4);
  if (pattern === 0)
    for (let i = 0; i < 18; i++)
      back += rect(LEFT + i * 38, -80, 15, y + 80, p.tone(lighten(wall, 0.22)), 0, { opacity: 0.45 });
  if (pattern === 1)
    back +=
      rect(LEFT, y - 110, WIDTH, 110, p.tone(lighten(wall, 0.4))) +
      rect(LEFT, y - 114, WIDTH, 6, p.tone(darken(wall, 0.14))) +
      Array.from({ length: 9 }, (_, i) =>
        rect(LEFT + 14 + i * 76, y - 94, 58, 74, "none", 0, {
          stroke: p.tone(darken(wall, 0.1)),
          "stroke-width": 2,
          opacity: 0.6,
        }),
      ).join("");
  const flip = rnd.next() < 0.5;
  const mx = (x: number, width: number) => (flip ? 512 - x - width : x);
  if (kind === "library") {
    back += shelf(p, -70, 10, 210, y - 14, 5) + shelf(p, 372, 10, 210, y - 14, 5);
    if (rnd.next() < 0.5) back += shelf(p, 140, 10, 232, y - 14, 5);
    else back += windowView(s, p, 186, 60, 140, 180, rnd.next() < 0.5);
  } else {
    const ww = 110 + rnd.below(60);
    const wh = 140 + rnd.below(50);
    const layout = rnd.below(4);
    back += windowView(
      s,
      p,
      layout === 0 ? 256 - ww / 2 : mx(46 + rnd.below(30), ww),
      54 + rnd.below(24),
      ww,
      wh,
      kind !== "kitchen" && rnd.next() < 0.65,
    );
    if (kind === "kitchen") {
      back += rect(LEFT, y - 96, WIDTH, 96, p.tone("#e9e4d8"));
      let d = "";
      for (let i = 0; i < 24; i++) d += `M${LEFT + i * 28} ${y - 96}V${y}`;
      back += stroke(`${d}M${LEFT} ${y - 64}H600M${LEFT} ${y - 32}H600`, p.tone("#c9c3b4"), 1.4);
      const sx = mx(300, 190);
      back +=
        rect(sx, 130, 190, 8, p.tone("#8a5c3a")) +
        [0, 1, 2, 3, 4]
          .map((i) =>
            rect(
              sx + 10 + i * 36,
              130 - 22 - rnd.below(14),
              22,
              36,
              p.tone(rnd.pick(["#c8704f", "#e0c28a", "#7f9a8a", "#d9d3c4"])),
              4,
            ),
          )
          .join("");
      back += [0, 1, 2]
        .map(
          (i) =>
            stroke(`M${sx + 30 + i * 50} 160V176`, p.tone("#5a4a40"), 2) +
            circle(sx + 30 + i * 50, 190, 15, p.tone(rnd.pick(["#a8623f", "#4a4a52", "#b8843f"]))),
        )
        .join("");
    } else if (layout !== 0) {
      const count = 1 + rnd.below(3);
      for (let i = 0; i < count; i++)
        back += picture(
          p,
          mx(300 + (i % 2) * 92, 70),
          60 + Math.floor(i / 2) * 96 + rnd.below(20),
          62 + rnd.below(14),
          70 + rnd.below(20),
        );
    } else {
      back += picture(p, 30, 80, 70, 90) + picture(p, 412, 80, 70, 90);
    }
    if (kind === "living" && !s.flavour.has("fireplace") && rnd.next() < 0.25)
      back += place(FURNITURE_ARTS.fireplace, p, mx(380, 0), y + 8, 170);
  }
  if (kind === "kitchen") {
    const cabinet = rnd.pick(["#7f9a94", "#c9b48f", "#8f7f9a", "#d9d3c4", "#5f7f8c"]);
    back += rect(LEFT, y - 84, WIDTH, 92, p.tone(cabinet)) + rect(LEFT, y - 92, WIDTH, 12, p.tone("#e9e0cf"));
    for (let i = 0; i < 9; i++)
      back +=
        rect(LEFT + 8 + i * 76, y - 70, 62, 68, p.tone(lighten(cabinet, 0.14)), 3) +
        circle(LEFT + 60 + i * 76, y - 42, 3, p.tone("#6a5a44"));
  }
  back += rect(LEFT, y - 8, WIDTH, 10, p.tone(lighten(wall, 0.55))) + floor(p, y, rnd.below(2));
  const lampSide = rnd.next() < 0.5 ? 58 : 454;
  if (kind !== "kitchen")
    back +=
      ellipse(256, 456, 220, 44, p.tone(rnd.pick(["#b8604f", "#5f7f8c", "#d9c39a", "#7a6a8f", "#7f8f6a"]))) +
      ellipse(256, 456, 196, 37, "none", { stroke: p.tone("#f0e4cc"), "stroke-width": 3, opacity: 0.6 });
  if (kind === "living" || (kind === "bedroom" && rnd.next() < 0.7))
    back += place(FURNITURE_ARTS.lamp, p, lampSide, y + 36, 250);
  if (s.pen.pal.lit && kind !== "kitchen")
    back += circle(
      lampSide,
      y - 170,
      170,
      p.radial([
        [0, "#ffdf9a", 0.6],
        [0.4, "#ffc46a", 0.24],
        [1, "#ff9a3a", 0],
      ]),
    );
  back += plantPot(p, 512 - lampSide + rnd.below(20) - 10, y + 30, 110 + rnd.below(70));
  if (!s.pen.pal.dark && rnd.next() < 0.55)
    back += poly(
      [
        [190, y + 10],
        [300, y + 10],
        [370, BOTTOM],
        [200, BOTTOM],
      ],
      "#fff3c9",
      { opacity: 0.18 },
    );
  return { back, ground: "floor", base: 446 };
}
