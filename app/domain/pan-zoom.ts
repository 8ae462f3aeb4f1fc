/**
 * What part of an image is in view, the same for every image that is compared. All lengths are parts of the box in which
 * an image is shown: (0, 0) is its middle, ±0.5 its edges.
 */
export interface PanZoom {
  /** 1 = the whole image. */
  scale: number;
  /** How far the image's middle lies from the box's. */
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export const MAX_SCALE = 8;
/** One press of + or −. */
export const ZOOM_STEP = 1.5;
/** One press of an arrow key, in parts of the box. */
export const PAN_STEP = 0.15;

export const WHOLE: PanZoom = { scale: 1, x: 0, y: 0 };

export function isWhole(view: PanZoom): boolean {
  return view.scale <= 1;
}

/** The nearest view that is allowed: between whole and the greatest scale, and no gap between image and box. */
export function clampView({ scale, x, y }: PanZoom): PanZoom {
  const allowed = Math.min(MAX_SCALE, Math.max(1, scale));
  const most = (allowed - 1) / 2;
  const within = (value: number) => Math.min(most, Math.max(-most, value)) + 0;
  return { scale: allowed, x: within(x), y: within(y) };
}

/** Zooms by a factor; what is under the point stays under it, unless an edge would come into view. */
export function zoomAt(view: PanZoom, factor: number, at: Point = { x: 0, y: 0 }): PanZoom {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return clampView({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown });
}

/** Moves the image with the pointer. */
export function panBy(view: PanZoom, by: Point): PanZoom {
  return clampView({ ...view, x: view.x + by.x, y: view.y + by.y });
}

/** Two fingers from one pair of points to another: what was between them stays between them. */
export function pinch(view: PanZoom, from: readonly [Point, Point], to: readonly [Point, Point]): PanZoom {
  const before = middle(from);
  const after = middle(to);
  const apart = distance(from);
  const zoomed = zoomAt(view, apart > 0 ? distance(to) / apart : 1, before);
  return panBy(zoomed, { x: after.x - before.x, y: after.y - before.y });
}

/** Which point of the image (in parts of it, from its middle) is seen at a point of the box. */
export function imagePointAt(view: PanZoom, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

function middle([a, b]: readonly [Point, Point]): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance([a, b]: readonly [Point, Point]): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
