import { Check, History } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/button.tsx";
import { cx } from "../../components/cx.ts";
import { Dialog } from "../../components/dialog.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";
import type { PastTurn, ShownColumn } from "../../domain/rater-views.ts";
import { useImageName } from "../rater/image-name.ts";
import { LookHost } from "../rater/look/look-host.tsx";
import { useLook } from "../rater/look/use-look.ts";
import { ShownPicture } from "../rater/shown-picture.tsx";
import { ZoomLink } from "../rater/zoom-link.tsx";

/** Earlier turns, images only, the chosen column marked. A dialog; without scripts, a disclosure. */
export function LookBack({ past }: { past: readonly PastTurn[] }) {
  const t = useTranslations("turn.lookBack");
  const hydrated = useHydrated();
  const [open, setOpen] = useState(false);
  if (past.length === 0) return null;
  const latestFirst = past.toReversed();
  if (!hydrated) {
    return (
      <details>
        <summary className="text-sm">{t("summary")}</summary>
        <PastTurns turns={latestFirst} />
      </details>
    );
  }
  return (
    <>
      <Button type="button" size="sm" icon={<History className="size-4" />} onClick={() => setOpen(true)}>
        {t("button")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("title")} width="max-w-5xl">
        <PastTurns turns={latestFirst} />
      </Dialog>
    </>
  );
}

function PastTurns({ turns }: { turns: readonly PastTurn[] }) {
  return (
    <div className="grid gap-8">
      {turns.map((turn) => (
        <PastSlate key={turn.turnNumber} turn={turn} />
      ))}
    </div>
  );
}

/** One earlier slate; each image opens large, among those of its turn. */
function PastSlate({ turn }: { turn: PastTurn }) {
  const t = useTranslations("turn");
  const imageName = useImageName();
  const look = useLook(turn.columns);
  const hydrated = useHydrated();
  const nameOf = (column: ShownColumn) => t("column.ofTurn", { turn: turn.turnNumber, column: column.label });
  return (
    <section className="grid gap-2">
      <h3 className="font-semibold">{t("turn", { turn: turn.turnNumber })}</h3>
      {turn.critique && (
        <p className="text-sm text-muted">{t("lookBack.youSaid", { text: turn.critique })}</p>
      )}
      <div className="flex gap-1 sm:gap-2">
        {turn.columns.map((column) => {
          const chosen = column.columnId === turn.chosenColumnId;
          return (
            <div
              key={column.columnId}
              className={cx(
                "grid min-w-0 flex-1 content-start gap-1 rounded-md border-2 p-0.5 sm:p-1",
                chosen ? "border-accent bg-accent-soft" : "border-transparent",
              )}
            >
              <p className="flex h-6 items-center justify-center gap-1 text-xs font-medium">
                {chosen && <Check aria-hidden="true" className="size-3.5 text-accent-ink" strokeWidth={3} />}
                {column.label}
                {chosen && <span className="text-accent-ink max-sm:sr-only">{t("column.yourChoice")}</span>}
              </p>
              {column.images.map((image) => (
                <div key={image.imageId} className="group/column relative">
                  <ShownPicture
                    image={image}
                    alt={imageName(image.label, turn.turnNumber)}
                    loading="lazy"
                    className="aspect-square w-full rounded-sm bg-sunken object-cover"
                  />
                  {!image.hidden && <ZoomLink image={image} onOpen={() => look.show(image.imageId)} covers />}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {hydrated && <LookHost columns={turn.columns} state={look} nameOf={nameOf} />}
    </section>
  );
}
