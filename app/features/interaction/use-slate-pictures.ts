import { useCallback, useState } from "react";
import type { ShownColumn } from "../../domain/rater-views.ts";

export type PictureState = "loading" | "ready" | "failed";

export interface SlatePictures {
  decoded: number;
  total: number;
  /** Every image has been decoded once: the slate is on view from then on. */
  revealed: boolean;
  /** Labels of images that could not be loaded. */
  failed: string[];
  report: (imageId: string, state: PictureState) => void;
}

/**
 * Gathers what the slate's pictures say about themselves. The slate is revealed at once when all are decoded, or when
 * the only ones left are those that could not be loaded.
 */
export function useSlatePictures(columns: readonly ShownColumn[]): SlatePictures {
  const [states, setStates] = useState<Record<string, PictureState>>({});
  const [revealed, setRevealed] = useState(false);
  const images = columns.flatMap((column) => column.images).filter((image) => !image.hidden);
  const stateOf = (imageId: string) => states[imageId] ?? "loading";
  const report = useCallback((imageId: string, state: PictureState) => {
    setStates((all) => (all[imageId] === state ? all : { ...all, [imageId]: state }));
  }, []);
  const settled = images.every((image) => stateOf(image.imageId) !== "loading");
  if (settled && !revealed) setRevealed(true);
  return {
    decoded: images.filter((image) => stateOf(image.imageId) === "ready").length,
    total: images.length,
    revealed: revealed || settled,
    failed: images.filter((image) => stateOf(image.imageId) === "failed").map((image) => image.label),
    report,
  };
}
