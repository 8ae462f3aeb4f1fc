/**
 * Looking at a slate closely. Each column has one image that stands for it: the first, until another is picked, by moving
 * within the column or on purpose.
 *
 * - `one`: the image that stands for the column
 * - `column`: all images of the column
 * - `best`: of every column the image that stands for it
 * - `all`: all images of every column
 */
export const LOOK_MODES = ["one", "column", "best", "all"] as const;
export type LookMode = (typeof LOOK_MODES)[number];

export interface Look {
  mode: LookMode;
  /** Position of the column that is looked at. */
  column: number;
  /** For each column the position of the image that stands for it. */
  picked: readonly number[];
}

/** Position of one image. */
export interface Place {
  column: number;
  row: number;
}

export type Direction = "left" | "right" | "up" | "down";

/** `sizes[column]` = how many images it has; nobody has looked at anything yet. */
export function firstLook(sizes: readonly number[]): Look {
  return { mode: "one", column: 0, picked: sizes.map(() => 0) };
}

/** Goes to an image, which from then on stands for its column. */
export function lookAt(look: Look, { column, row }: Place, mode: LookMode = look.mode): Look {
  return { mode, column, picked: look.picked.map((now, c) => (c === column ? row : now)) };
}

/** Left and right between columns, up and down within one; at an edge on to the other side. */
export function moveLook(look: Look, direction: Direction, sizes: readonly number[]): Look {
  const wrap = (n: number, size: number) => (n + size) % size;
  if (direction === "left" || direction === "right") {
    return { ...look, column: wrap(look.column + (direction === "left" ? -1 : 1), sizes.length) };
  }
  const row = (look.picked[look.column] ?? 0) + (direction === "up" ? -1 : 1);
  return lookAt(look, { column: look.column, row: wrap(row, sizes[look.column] ?? 1) });
}

/** The next way to look, of those that a slate allows. */
export function nextMode(mode: LookMode, modes: readonly LookMode[]): LookMode {
  return modes[(modes.indexOf(mode) + 1) % modes.length] ?? mode;
}

/** Which images are on view, in groups that belong together. */
export function placesOf(look: Look, sizes: readonly number[]): Place[][] {
  const here: Place = { column: look.column, row: look.picked[look.column] ?? 0 };
  const rowsOf = (column: number) =>
    Array.from({ length: sizes[column] ?? 0 }, (_, row): Place => ({ column, row }));
  switch (look.mode) {
    case "one":
      return [[here]];
    case "column":
      return [rowsOf(look.column)];
    case "best":
      return sizes.map((_, column) => [{ column, row: look.picked[column] ?? 0 }]);
    case "all":
      return sizes.map((_, column) => rowsOf(column));
  }
}

/** What one press of an arrow would bring into view and is not there yet: to be fetched ahead. */
export function neighboursOf(look: Look, sizes: readonly number[]): Place[] {
  const key = ({ column, row }: Place) => `${column}:${row}`;
  const seen = new Set(placesOf(look, sizes).flat().map(key));
  const out: Place[] = [];
  for (const direction of ["right", "left", "down", "up"] as const) {
    for (const place of placesOf(moveLook(look, direction, sizes), sizes).flat()) {
      if (seen.has(key(place))) continue;
      seen.add(key(place));
      out.push(place);
    }
  }
  return out;
}

/** How many boxes side by side make `count` of them largest (by the square that fits in) in a room of this size. */
export function boxesAcross(count: number, width: number, height: number): number {
  let best = 1;
  for (let across = 2; across <= count; across++) {
    if (edgeOf(count, across, width, height) > edgeOf(count, best, width, height)) best = across;
  }
  return best;
}

/** Edge of the square that fits into each of `count` boxes, `across` of them in a row. */
export function edgeOf(count: number, across: number, width: number, height: number): number {
  return Math.min(width / across, height / Math.ceil(count / across));
}
