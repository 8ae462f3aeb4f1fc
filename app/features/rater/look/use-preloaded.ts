import { useEffect, useRef } from "react";
import { type Look, neighboursOf } from "../../../domain/look.ts";
import { paths } from "../../../domain/paths.ts";
import type { ShownColumn } from "../../../domain/rater-views.ts";

/** Fetches what one step would show, so that it is there when it is asked for. */
export function usePreloaded(look: Look, columns: readonly ShownColumn[], sizes: readonly number[]) {
  const fetched = useRef(new Map<string, HTMLImageElement>());
  const ids = neighboursOf(look, sizes).flatMap(({ column, row }) => {
    const image = columns[column]?.images[row];
    return image && !image.hidden ? [image.imageId] : [];
  });
  const key = ids.join(" ");
  useEffect(() => {
    for (const imageId of key.split(" ")) {
      if (imageId === "" || fetched.current.has(imageId)) continue;
      const picture = new Image();
      picture.src = paths.image(imageId);
      fetched.current.set(imageId, picture);
    }
  }, [key]);
}
