import { EyeOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { cx } from "../../components/cx.ts";
import { paths } from "../../domain/paths.ts";
import type { ShownImage } from "../../domain/rater-views.ts";
import { imageParts, useImageName } from "./image-name.ts";

export interface ShownPictureProps {
  image: ShownImage;
  className?: string;
  loading?: "lazy";
  /** Where the label alone does not say which turn it is of. */
  alt?: string;
}

/** An image of the rater's, or a note in its place where the rater has hidden it. */
export function ShownPicture({ image, className, loading, alt }: ShownPictureProps) {
  const nameOf = useImageName();
  if (image.hidden) return <HiddenPicture label={image.label} className={className} />;
  return (
    <img
      src={paths.image(image.imageId)}
      alt={alt ?? nameOf(image.label)}
      loading={loading}
      className={className}
    />
  );
}

/** Takes the room of an image that its rater does not want to see. */
export function HiddenPicture({ label, className = "size-full" }: { label: string; className?: string }) {
  const t = useTranslations("turn.image");
  return (
    <div
      role="img"
      aria-label={t("hiddenName", imageParts(label))}
      className={cx(
        className,
        "grid place-content-center justify-items-center gap-1 bg-sunken p-1 text-center text-xs text-muted",
      )}
    >
      <EyeOff aria-hidden="true" className="size-4" />
      <span className="max-sm:sr-only">{t("hidden")}</span>
    </div>
  );
}
