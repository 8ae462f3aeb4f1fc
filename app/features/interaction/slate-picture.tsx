import { ImageOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/button.tsx";
import { cx } from "../../components/cx.ts";
import { useHydrated } from "../../components/use-hydrated.ts";
import { paths } from "../../domain/paths.ts";
import type { ShownImage } from "../../domain/rater-views.ts";
import { useImageName } from "../rater/image-name.ts";
import { openProblemReport } from "../rater/report-problem.tsx";
import type { PictureState } from "./use-slate-pictures.ts";

const AUTOMATIC_RETRIES = 2;
const RETRY_PAUSE_MS = 600;

export interface SlatePictureProps {
  image: ShownImage;
  /** false keeps it out of sight until all are there. */
  revealed: boolean;
  onState: (imageId: string, state: PictureState) => void;
}

/** One image of the slate; says when it is decoded, tries twice more when it cannot be loaded, then offers a way on. */
export function SlatePicture({ image, revealed, onState }: SlatePictureProps) {
  const t = useTranslations("turn.image");
  const nameOf = useImageName();
  const { imageId, label } = image;
  const hydrated = useHydrated();
  const element = useRef<HTMLImageElement>(null);
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const picture = element.current;
    if (!picture) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    picture.decode().then(
      () => current && onState(imageId, "ready"),
      () => {
        if (!current) return;
        if (attempt % (AUTOMATIC_RETRIES + 1) < AUTOMATIC_RETRIES) {
          timer = setTimeout(() => setAttempt((n) => n + 1), RETRY_PAUSE_MS);
        } else {
          setFailed(true);
          onState(imageId, "failed");
        }
      },
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [imageId, attempt, onState]);

  function retry() {
    setFailed(false);
    onState(imageId, "loading");
    setAttempt((n) => n + 1);
  }
  const source = paths.image(imageId);
  return (
    <>
      <img
        ref={element}
        src={attempt === 0 ? source : `${source}?try=${attempt}`}
        alt={nameOf(label)}
        draggable={false}
        className={cx(
          "size-full object-cover",
          !hydrated ? "veiled-for-now" : (!revealed || failed) && "veiled",
        )}
      />
      {failed && (
        <div className="absolute inset-0 z-20 grid content-center justify-items-center gap-1.5 bg-sunken p-1 text-center text-xs">
          <ImageOff aria-hidden="true" className="size-5 text-muted" />
          <p>{t("failed")}</p>
          <div className="flex flex-wrap justify-center gap-1">
            <Button type="button" size="sm" onClick={retry}>
              {t("retry")}
            </Button>
            <Button type="button" size="sm" variant="ghost" onClick={() => openProblemReport(imageId)}>
              {t("report")}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
