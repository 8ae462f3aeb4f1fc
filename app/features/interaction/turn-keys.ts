import type { KeyName } from "../../domain/key-press.ts";
import type { PageKey } from "../rater/keys/page-keys.ts";

export interface TurnKeysArgs {
  columnCount: number;
  /** 1-based number of the column. */
  onColumn: (number: number) => void;
  /** To the column at the left (-1) or right (1). */
  onStep: (step: -1 | 1) => void;
  onConfirm: () => void;
  onCritique: () => void;
  onZoom: () => void;
}

const DIGITS: readonly KeyName[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Keys of a turn whose slate is ready. */
export function turnKeys({ columnCount, ...on }: TurnKeysArgs): PageKey[] {
  return [
    {
      caps: columnCount > 1 ? `1 – ${columnCount}` : "1",
      effect: "selectColumn",
      keys: DIGITS.slice(0, columnCount),
      act: (name) => on.onColumn(Number(name)),
    },
    {
      caps: "← →",
      effect: "beside",
      keys: ["ArrowLeft", "ArrowRight"],
      act: (name) => on.onStep(name === "ArrowLeft" ? -1 : 1),
    },
    { caps: "Enter", effect: "confirm", keys: ["Enter"], act: on.onConfirm },
    { caps: "Space", effect: "enlargeSelected", keys: ["Space"], act: on.onZoom },
    { caps: "C", effect: "remark", keys: ["C"], act: on.onCritique },
  ];
}
