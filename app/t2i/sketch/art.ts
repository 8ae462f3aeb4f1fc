import type { Random } from "../../domain/random.ts";
import { mix, multiply } from "./colour.ts";
import type { Palette } from "./palette.ts";
import type { Pose, SettingId } from "./scene.ts";

/** Collects gradient definitions and carries light, depth and chance to the drawing functions. */
export interface Pen {
  rnd: Random;
  pal: Palette;
  /** A surface colour under the light of the scene, faded by distance. */
  tone(hex: string): string;
  /** The same pen, further away (0 near, 1 on the horizon). */
  far(depth: number): Pen;
  /** The same pen under another light (lamp light indoors, neon at night). */
  under(light: string): Pen;
  /** Fill reference of a vertical (default) or free linear gradient. */
  linear(stops: readonly Stop[], x1?: number, y1?: number, x2?: number, y2?: number): string;
  radial(stops: readonly Stop[], cx?: number, cy?: number, r?: number): string;
  /** Definition of a clip path; returns its reference. */
  clip(inner: string): string;
}

/** offset 0..1, colour, opacity 0..1 */
export type Stop = readonly [number, string, number?];

export interface ArtOptions {
  pose: Pose | null;
  colours: readonly string[];
  traits: readonly string[];
}

export type ArtKind =
  | "creature"
  | "person"
  | "vehicle"
  | "boat"
  | "landmark"
  | "furniture"
  | "plant"
  | "object"
  | "flyer"
  | "aquatic"
  | "celestial"
  | "wall";

export interface Art {
  kind: ArtKind;
  /** Drawing box; the base line is its lower edge. */
  w: number;
  h: number;
  /** Rough real height in metres: sets the scale between things of one picture. */
  metres: number;
  /** Places where the thing is at home, best first. */
  settings: readonly SettingId[];
  draw(pen: Pen, options: ArtOptions): string;
  /** Where something "on" it rests, in its box. */
  seat?: { x: number; y: number };
  /** Where a held thing is, in its box. */
  hand?: { x: number; y: number };
  /** The box depends on the pose. */
  box?(options: ArtOptions): { w: number; h: number };
  /** Stands in water rather than on ground. */
  floats?: boolean;
}

/** Creates the pen of one picture; `defs()` returns the collected definitions. */
export function createPen(rnd: Random, pal: Palette): { pen: Pen; defs(): string } {
  const defs: string[] = [];
  const stopsOf = (stops: readonly Stop[]) =>
    stops
      .map(
        ([o, c, a]) =>
          `<stop offset="${o}" stop-color="${c}"${a === undefined ? "" : ` stop-opacity="${a}"`}/>`,
      )
      .join("");
  const add = (make: (id: string) => string): string => {
    const id = `d${defs.length}`;
    defs.push(make(id));
    return `url(#${id})`;
  };
  const make = (depth: number, light: string): Pen => ({
    rnd,
    pal,
    tone: (hex) => mix(multiply(hex, light), pal.haze, depth),
    far: (d) => make(Math.min(0.95, depth + d * (1 - depth)), light),
    under: (l) => make(depth, l),
    linear: (stops, x1 = 0, y1 = 0, x2 = 0, y2 = 1) =>
      add(
        (id) =>
          `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`,
      ),
    radial: (stops, cx = 0.5, cy = 0.5, r = 0.5) =>
      add(
        (id) =>
          `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stopsOf(stops)}</radialGradient>`,
      ),
    clip: (inner) => add((id) => `<clipPath id="${id}">${inner}</clipPath>`),
  });
  return { pen: make(0, pal.light), defs: () => defs.join("") };
}
