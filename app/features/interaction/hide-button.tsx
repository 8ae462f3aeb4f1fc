import { Eye, EyeOff } from "lucide-react";
import type { MouseEvent } from "react";
import { useFetcher } from "react-router";
import { useTranslations } from "use-intl";
import { paths } from "../../domain/paths.ts";
import type { ShownImage } from "../../domain/rater-views.ts";
import { imageParts } from "../rater/image-name.ts";

/**
 * Hides one image from its rater, or shows it again. Inside the choice form, so that it works without scripts too: then
 * it sends the form with an intent of its own, and what was typed is kept.
 */
export function HideButton({ image, assignmentId }: { image: ShownImage; assignmentId: string }) {
  const t = useTranslations("turn.image");
  const { submit, state } = useFetcher();
  const hidden = image.hidden === true;
  const Icon = hidden ? Eye : EyeOff;
  function toggle(event: MouseEvent) {
    event.preventDefault();
    void submit(
      { imageId: image.imageId, hidden: String(!hidden) },
      { method: "post", action: paths.hideImage(assignmentId) },
    );
  }
  return (
    <button
      type="submit"
      name="intent"
      value={`${hidden ? "show" : "hide"}:${image.imageId}`}
      formNoValidate
      onClick={toggle}
      disabled={state !== "idle"}
      title={t(hidden ? "showThis" : "hideThis")}
      aria-label={t(hidden ? "show" : "hide", imageParts(image.label))}
      className={
        hidden
          ? "absolute right-1 bottom-1 z-10 flex size-7 items-center justify-center rounded-md border bg-surface"
          : "absolute bottom-1 left-1 z-10 flex size-7 items-center justify-center rounded-md bg-black/60 text-white opacity-0 transition-opacity hover:opacity-100! focus-visible:opacity-100 group-hover/column:opacity-70 pointer-coarse:opacity-70 max-sm:size-6"
      }
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
