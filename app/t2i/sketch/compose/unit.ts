import type { ArtOptions, Pen } from "../art.ts";
import { shift } from "../colour.ts";
import { at, circle, ellipse, group, n, path, poly, stroke } from "../svg.ts";
import type { Actor } from "./plan.ts";
import { isInstrument } from "./plan.ts";

/** A root actor with everything that rests on it or is held by it; base centre at (0, 0), in pixels. */
export interface Unit {
  svg: string;
  w: number;
  h: number;
  /** Height with riders. */
  rise: number;
  shadow: boolean;
  /** Drawn behind the unit, not flipped shadows: beams of light. */
  glow: string;
}

const optionsOf = (a: Actor, k: number, pen: Pen): ArtOptions => ({
  pose: a.subject.pose,
  colours: k === 0 ? a.subject.colours : a.subject.colours.map((c) => shift(c, (pen.rnd.next() - 0.5) * 8)),
  traits: a.subject.traits,
});

export const boxOf = (a: Actor) =>
  a.art.box?.({ pose: a.subject.pose, colours: [], traits: [] }) ?? { w: a.art.w, h: a.art.h };

/** Shown height of `a` next to something `metres` high that is shown `px` high: differences are softened. */
export function relative(a: Actor, metres: number, px: number, power: number): number {
  return px * (a.art.metres / metres) ** power * a.subject.size;
}

const HEADWEAR = /crown|top-hat|hat$|helmet|cap$/;

/** Where a hat sits and how wide it is, in the box of its wearer. */
function headOf({ art, subject }: Actor): { x: number; y: number; w: number } | null {
  if (art.kind === "person") return { x: 51, y: 24, w: 38 };
  if (art.kind !== "creature" || art.w < 40) return art.kind === "creature" ? { x: 15, y: 7, w: 13 } : null;
  if (subject.pose === "sleep") return { x: 138, y: 42, w: 34 };
  if (subject.pose === null || subject.pose === "sit" || subject.pose === "hold")
    return { x: 60, y: 20, w: 38 };
  return { x: 152, y: 24, w: 34 };
}

function heldItem(item: Actor, holder: Actor, k: number, pen: Pen): string {
  const top = HEADWEAR.test(item.subject.art) ? headOf(holder) : null;
  if (top) {
    const s = top.w / item.art.w;
    return at(
      item.art.draw(pen, optionsOf(item, 0, pen)),
      top.x - top.w / 2,
      top.y - item.art.h * s * 0.82,
      s,
    );
  }
  const hand = holder.art.hand ?? { x: holder.art.w * 0.8, y: holder.art.h * 0.5 };
  const pose = holder.subject.pose;
  const hx = hand.x + (pose === "play" ? -6 : 0);
  const hy = hand.y + (pose === "play" ? -34 : pose === "sit" || pose === "lean" ? 12 : 0);
  const o = optionsOf(item, 0, pen);
  if (item.art.kind === "flyer") {
    const s = 0.62 * item.subject.size;
    const kx = hx + 86;
    const ky = hy - 190;
    return (
      stroke(
        `M${hx} ${hy}Q${hx + 60} ${hy - 60} ${kx + item.art.w * s * 0.4} ${ky + item.art.h * s * 0.7}`,
        pen.tone("#f4f0e6"),
        1.2,
      ) + at(item.art.draw(pen, o), kx, ky, item.art.kind === "flyer" && item.art.w < 40 ? s * 3 : s)
    );
  }
  const target =
    (item.subject.art === "book" ? 46 : isInstrument(item.subject.art) ? 54 : 44) *
    Math.min(1.5, item.subject.size) *
    (holder.art.kind === "creature" ? 1.3 : 1) *
    (item.subject.art === "lantern" || item.subject.art === "icon:umbrella" ? 1.25 : 1);
  const s = target / Math.max(item.art.w, item.art.h);
  const up = item.subject.art === "icon:umbrella";
  const dx = hx - (item.art.w * s) / 2 + (isInstrument(item.subject.art) ? 12 : 5);
  const dy = up
    ? hy - item.art.h * s * 0.92
    : item.subject.art === "lantern"
      ? hy
      : hy - item.art.h * s * 0.6;
  void k;
  const inner = item.art.draw(pen, o);
  // The horn of the trumpet icon points up and left; in our hands it points forward.
  if (/trumpet/.test(item.subject.art))
    return group(at(inner, dx + 8, dy - 6, s), `rotate(24 ${n(hx)} ${n(hy)})`);
  return at(inner, dx, dy, s);
}

function riderScale(r: Actor, host: Actor, slots: number): number {
  const bonus = host.art.kind === "furniture" ? 1.32 : host.art.kind === "object" ? 1.1 : 1;
  const height = relative(r, host.art.metres, host.art.h, 0.6) * bonus;
  return (Math.max(host.art.h * 0.16, Math.min(host.art.h * 1.7, height)) / r.art.h) * (slots > 1 ? 0.86 : 1);
}

/** How far an actor with its riders rises above its base line, in units of its own box. */
export function riseOf(actor: Actor, all: readonly Actor[]): number {
  const box = boxOf(actor);
  let rise = box.h;
  for (const r of all) {
    if (r.host !== actor || r.role !== "on") continue;
    const seat = actor.art.seat ?? { x: box.w / 2, y: actor.art.kind === "object" ? 4 : box.h * 0.2 };
    rise = Math.max(rise, box.h - seat.y + riseOf(r, all) * riderScale(r, actor, r.subject.count));
  }
  return rise;
}

function stack(actor: Actor, all: readonly Actor[], k: number, pen: Pen, copy: number): string {
  const box = boxOf(actor);
  let out = at(actor.art.draw(pen, optionsOf(actor, copy, pen)), 0, 0, 1);
  for (const item of all)
    if (item.host === actor && item.role === "held") out += heldItem(item, actor, k, pen);
  const seat = actor.art.seat ?? { x: box.w / 2, y: actor.art.kind === "object" ? 4 : box.h * 0.2 };
  const riders = copy === 0 ? all.filter((a) => a.host === actor && a.role === "on") : [];
  let slot = 0;
  const slots = riders.reduce((sum, r) => sum + Math.min(3, r.subject.count), 0);
  for (const r of riders) {
    const rb = boxOf(r);
    const s = riderScale(r, actor, slots);
    for (let c = 0; c < Math.min(3, r.subject.count); c++) {
      const spread =
        slots > 1
          ? (slot / (slots - 1) - 0.5) * box.w * 0.62
          : (pen.rnd.next() - 0.5) * (actor.art.kind === "furniture" ? box.w * 0.2 : 0);
      const astride = r.subject.pose === "ride" || (r.art.kind === "person" && actor.art.kind === "boat");
      const y = seat.y + (astride ? 10 * s : r.subject.pose === "sit" ? 6 * s : 3);
      const flip = slots > 1 ? slot % 2 === 1 : actor.art.kind === "furniture" && pen.rnd.next() < 0.5;
      const cx = seat.x + spread;
      if (!astride)
        out += ellipse(cx, seat.y + 1, rb.w * s * 0.46, rb.w * s * 0.05, "#10121c", { opacity: 0.26 });
      out += at(
        stack(r, all, s, pen, c),
        cx + (flip ? 1 : -1) * (rb.w / 2) * s,
        y - rb.h * s,
        flip ? -s : s,
        s,
      );
      slot++;
    }
  }
  return out;
}

/** Beam of a lamp, behind the tower. */
function beams(pen: Pen, x: number, y: number, length: number): string {
  const tilt = (pen.rnd.next() - 0.5) * 70;
  const right = pen.linear(
    [
      [0, "#fff3c0", 0.95],
      [0.5, "#ffeaa6", 0.36],
      [1, "#ffe69a", 0],
    ],
    0,
    0,
    1,
    0,
  );
  const left = pen.linear(
    [
      [0, "#ffe69a", 0],
      [0.5, "#ffeaa6", 0.36],
      [1, "#fff3c0", 0.95],
    ],
    0,
    0,
    1,
    0,
  );
  return (
    poly(
      [
        [x, y - 5],
        [x + length, y + tilt - 62],
        [x + length, y + tilt + 62],
        [x, y + 5],
      ],
      right,
    ) +
    poly(
      [
        [x, y - 5],
        [x - length, y - tilt - 62],
        [x - length, y - tilt + 62],
        [x, y + 5],
      ],
      left,
    ) +
    circle(
      x,
      y,
      62,
      pen.radial([
        [0, "#fffbe0", 0.95],
        [0.25, "#ffe9a0", 0.5],
        [1, "#ffd870", 0],
      ]),
    )
  );
}

/** Draws a root actor `height` pixels high with all that belongs to it. */
export function buildUnit(actor: Actor, all: readonly Actor[], height: number, pen: Pen, copy: number): Unit {
  const box = boxOf(actor);
  const k = height / actor.art.h;
  const w = box.w * k;
  const h = box.h * k;
  let svg = at(stack(actor, all, k, pen, copy), -w / 2, -h, k);
  let glow = "";
  if (actor.subject.art === "lighthouse" && pen.pal.lit) glow = beams(pen, 0, -h + 46 * k, 460);
  if (actor.art.floats && actor.art.kind === "boat") {
    const water = pen.tone(pen.pal.water);
    svg +=
      path(
        `M${n(-w * 0.6)} 4Q${n(-w * 0.4)} -9 ${n(-w * 0.2)} 0T${n(w * 0.2)} 0T${n(w * 0.6)} 2Q${n(w * 0.3)} 18 0 16T${n(-w * 0.6)} 4Z`,
        water,
      ) +
      stroke(
        `M${n(-w * 0.56)} 3Q${n(-w * 0.4)} -8 ${n(-w * 0.2)} 0T${n(w * 0.2)} 0T${n(w * 0.56)} 1`,
        "#ffffff",
        2,
        { opacity: 0.6 },
      );
  }
  const shadow =
    actor.art.kind !== "flyer" &&
    actor.art.kind !== "aquatic" &&
    actor.art.kind !== "celestial" &&
    !actor.art.floats &&
    actor.subject.pose !== "fly";
  return { svg, w, h, rise: riseOf(actor, all) * k, shadow, glow };
}
