import type { Pen } from "../art.ts";
import type { Scene } from "../scene.ts";

/** What a setting may look at. The canvas is 512 units; paint from LEFT to RIGHT to allow a tilted camera. */
export interface Stage {
  pen: Pen;
  scene: Scene;
  horizon: number;
  /** Pictures of Egypt get pyramids behind, cyberpunk cities get signs, and so on. */
  flavour: ReadonlySet<string>;
  /** The hero is a building: keep the middle free of other buildings. */
  landmark: boolean;
}

export interface Backdrop {
  back: string;
  /** Drawn over the subjects. */
  front?: string;
  /** Surface under the subjects. */
  ground: "land" | "water" | "floor" | "none";
  /** Where the hero's base line may be. */
  base: number;
  /** Where the hero stands best. */
  heroX?: number;
}

export const LEFT = -80;
export const RIGHT = 592;
export const BOTTOM = 600;
export const WIDTH = RIGHT - LEFT;
