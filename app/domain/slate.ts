import type { Random } from "./random.ts";

/** Display order of a slate: position → logical index, a fresh permutation per turn (method, section 1). */
export interface SlateOrder {
  /** `columns[displayPosition]` = logical column index. */
  columns: number[];
  /** `rows[columnIndex][displayRow]` = logical image index within that column. */
  rows: number[][];
}

export function drawSlateOrder(columnCount: number, imagesPerColumn: number, random: Random): SlateOrder {
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return {
    columns: random.shuffle(range(columnCount)),
    rows: range(columnCount).map(() => random.shuffle(range(imagesPerColumn))),
  };
}

/** Where each logical index is shown: the inverse permutation. */
export function positionsOf(order: readonly number[]): number[] {
  const out = Array<number>(order.length).fill(-1);
  order.forEach((logical, position) => {
    out[logical] = position;
  });
  return out;
}

/** "1", "2" … for a display position (paper B.1). */
export function columnLabel(displayPosition: number): string {
  return String(displayPosition + 1);
}

/** "A", "B" … for a display row. */
export function rowLabel(displayRow: number): string {
  return String.fromCharCode(65 + displayRow);
}

/** "2A" = column 2, row A. */
export function imageLabel(displayPosition: number, displayRow: number): string {
  return columnLabel(displayPosition) + rowLabel(displayRow);
}
