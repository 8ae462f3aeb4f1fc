import { Maximize2 } from "lucide-react";
import type { MouseEvent } from "react";
import { useHydrated } from "../../components/use-hydrated.ts";
import { paths } from "../../domain/paths.ts";
import type { ShownImage } from "../../domain/rater-views.ts";
import { imageAlt } from "./slate.tsx";

/**
 * Opens one image large: a corner button with a mouse, the whole image on a small screen. Without scripts it is a plain
 * link to the image. It is no tab stop: keyboards open the large view with Space, and move in it with the arrow keys.
 */
export function ZoomLink({ image, onOpen }: { image: ShownImage; onOpen: () => void }) {
  const hydrated = useHydrated();
  function open(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  }
  return (
    <a
      href={paths.image(image.imageId)}
      onClick={open}
      tabIndex={hydrated ? -1 : undefined}
      aria-label={`Enlarge ${imageAlt(image.label).toLowerCase()}`}
      className="absolute inset-0 z-10 sm:inset-auto sm:right-1 sm:bottom-1 sm:flex sm:size-7 sm:items-center sm:justify-center sm:rounded-md sm:bg-black/60 sm:text-white sm:opacity-0 sm:transition-opacity sm:group-hover/column:opacity-70 sm:hover:opacity-100! sm:focus-visible:opacity-100 sm:pointer-coarse:opacity-70"
    >
      <Maximize2 aria-hidden="true" className="size-4 max-sm:hidden" />
    </a>
  );
}
