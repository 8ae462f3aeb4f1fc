/** Aspect of a picture. One value at a time, except for `object`, `detail`, `accent` and `aspect`. */
export type Slot =
  | "palette"
  | "accent"
  | "tone"
  | "contrast"
  | "style"
  | "technique"
  | "finish"
  | "view"
  | "mood"
  | "light"
  | "weather"
  | "time"
  | "season"
  | "place"
  | "backdrop"
  | "aspect"
  | "focus"
  | "object"
  | "detail";

const SHARED_SLOTS: ReadonlySet<Slot> = new Set(["accent", "aspect", "object", "detail"]);

/** Whether a picture has one value at most in `slot`. */
export function isExclusive(slot: Slot): boolean {
  return !SHARED_SLOTS.has(slot);
}

/** A visible quality of a picture that prompts can state and critiques can ask for. */
export interface Attribute {
  /** `slot:value`. */
  id: string;
  slot: Slot;
  /** Finds the attribute in a prompt. */
  says: RegExp;
  /** Finds it in a critique; wider than `says`. Global, so that every occurrence is seen. */
  asks: RegExp;
  /** What to append to a prompt, longest first, the last a single word. Never with a comma. */
  forms: readonly [string, ...string[]];
  /** What "less of it" means; null when it only means leaving it out. */
  opposite: string | null;
  /** Ids that contradict it in other slots. */
  clash: readonly string[];
}

/** One row of an attribute table. `asks` adds to `says`; both are alternatives between word boundaries. */
export function attribute(
  id: `${Slot}:${string}`,
  says: string,
  asks: string,
  forms: readonly [string, ...string[]],
  opposite: string | null = null,
  clash: readonly string[] = [],
): Attribute {
  const slot = id.slice(0, id.indexOf(":")) as Slot;
  return {
    id,
    slot,
    says: new RegExp(`\\b(?:${says})\\b`, "iu"),
    asks: new RegExp(`\\b(?:${asks === "" ? says : `${says}|${asks}`})\\b`, "giu"),
    forms,
    opposite,
    clash,
  };
}
