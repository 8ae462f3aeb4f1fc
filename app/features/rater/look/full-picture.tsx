import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Spinner } from "../../../components/loading.tsx";
import type { PanZoom } from "../../../domain/pan-zoom.ts";
import { paths } from "../../../domain/paths.ts";
import type { ShownImage } from "../../../domain/rater-views.ts";
import { placeholderBackground } from "../placeholder.ts";
import { HiddenPicture } from "../shown-picture.tsx";

export interface FullPictureProps {
  image: ShownImage;
  alt: string;
  view: PanZoom;
  /** Every pixel is wanted: fetched and decoded first, then put in the place of what is shown. */
  full: boolean;
}

/** One image in its box, as large as it goes, at the place that all boxes show. */
export function FullPicture({ image, alt, view, full }: FullPictureProps) {
  const [decoded, setDecoded] = useState<"full" | "failed" | null>(null);
  const [here, setHere] = useState(false);
  const { imageId } = image;

  useEffect(() => {
    if (!full || image.hidden) return;
    let current = true;
    const picture = new Image();
    picture.src = paths.fullImage(imageId);
    picture.decode().then(
      () => current && setDecoded("full"),
      () => current && setDecoded("failed"),
    );
    return () => {
      current = false;
      setDecoded(null);
    };
  }, [full, imageId, image.hidden]);

  const t = useTranslations("turn.look");
  if (image.hidden) return <HiddenPicture label={image.label} />;
  return (
    <>
      <img
        src={full && decoded === "full" ? paths.fullImage(imageId) : paths.image(imageId)}
        alt={alt}
        draggable={false}
        onLoad={() => setHere(true)}
        className="size-full object-contain"
        style={{
          transform: `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.scale})`,
          background: here ? undefined : placeholderBackground(image.placeholder),
        }}
      />
      {full && decoded !== "full" && (
        <span
          role="status"
          className="absolute right-1 bottom-1 flex items-center gap-1.5 rounded-md bg-black/70 px-2 py-1 text-xs text-white"
        >
          {decoded === null && <Spinner />}
          {t(decoded === null ? "loadingFull" : "fullFailed")}
        </span>
      )}
    </>
  );
}
