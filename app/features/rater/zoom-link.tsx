import { Maximize2 } from "lucide-react";
import type { MouseEvent } from "react";
import { useTranslations } from "use-intl";
import { cx } from "../../components/cx.ts";
import { useHydrated } from "../../components/use-hydrated.ts";
import { paths } from "../../domain/paths.ts";
import type { ShownImage } from "../../domain/rater-views.ts";
import { imageParts } from "./image-name.ts";

export interface ZoomLinkProps {
  image: ShownImage;
  onOpen: () => void;
  /** The whole image opens it, and keys reach it: where a click on the image means nothing else. */
  covers?: boolean;
}

/**
 * Opens one image large: a corner button with a mouse, the whole image on a small screen. Without scripts it is a plain
 * link to every pixel of it. It is no tab stop: keyboards open the large view with Space, and move in it with the arrow keys.
 */
export function ZoomLink({ image, onOpen, covers = false }: ZoomLinkProps) {
  const t = useTranslations("turn.image");
  const hydrated = useHydrated();
  function open(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  }
  return (
    <a
      href={paths.fullImage(image.imageId)}
      onClick={open}
      tabIndex={hydrated && !covers ? -1 : undefined}
      aria-label={t("enlarge", imageParts(image.label))}
      className={cx(
        "absolute inset-0 z-10",
        covers
          ? "cursor-zoom-in rounded-sm"
          : "sm:inset-auto sm:right-1 sm:bottom-1 sm:flex sm:size-7 sm:items-center sm:justify-center sm:rounded-md sm:bg-black/60 sm:text-white sm:opacity-0 sm:transition-opacity sm:group-hover/column:opacity-70 sm:hover:opacity-100! sm:focus-visible:opacity-100 sm:pointer-coarse:opacity-70",
      )}
    >
      {!covers && <Maximize2 aria-hidden="true" className="size-4 max-sm:hidden" />}
    </a>
  );
}
