import type { ShownColumn } from "../../domain/rater-views.ts";
import { rowLabel } from "../../domain/slate.ts";

/** A slate of committed pictures, 4 by 4; `imageId` is the name of the file. */
export function fixedSlate(name: "slate" | "example"): ShownColumn[] {
  return [1, 2, 3, 4].map((column) => ({
    columnId: `${name}-${column}`,
    label: String(column),
    images: [0, 1, 2, 3].map((row) => {
      const label = `${column}${rowLabel(row)}`;
      return { imageId: `${name}-${label}`, label, ready: true };
    }),
  }));
}

export function fixedPicturePath(imageId: string): string {
  return `/practice/${imageId}.webp`;
}
