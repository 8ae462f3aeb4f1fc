import { EyeOff } from "lucide-react";
import { cx } from "../../components/cx.ts";
import { paths } from "../../domain/paths.ts";
import type { ShownImage } from "../../domain/rater-views.ts";
import { imageAlt } from "./slate.tsx";

export interface ShownPictureProps {
  image: ShownImage;
  className?: string;
  loading?: "lazy";
  /** Where the label alone does not say which turn it is of. */
  alt?: string;
}

/** An image of the rater's, or a note in its place where the rater has hidden it. */
export function ShownPicture({ image, className, loading, alt = imageAlt(image.label) }: ShownPictureProps) {
  if (image.hidden) return <HiddenPicture label={image.label} className={className} />;
  return <img src={paths.image(image.imageId)} alt={alt} loading={loading} className={className} />;
}

/** Takes the room of an image that its rater does not want to see. */
export function HiddenPicture({ label, className = "size-full" }: { label: string; className?: string }) {
  return (
    <div
      role="img"
      aria-label={`${imageAlt(label)}, hidden by you`}
      className={cx(
        className,
        "grid place-content-center justify-items-center gap-1 bg-sunken p-1 text-center text-xs text-muted",
      )}
    >
      <EyeOff aria-hidden="true" className="size-4" />
      <span className="max-sm:sr-only">Hidden by you</span>
    </div>
  );
}
