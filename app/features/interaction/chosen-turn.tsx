import { ArrowRight, Check } from "lucide-react";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { cx } from "../../components/cx.ts";
import { paths } from "../../domain/paths.ts";
import type { TurnView } from "../../domain/rater-views.ts";
import { usePageKeys } from "../rater/keys/page-keys.ts";
import { LookHost } from "../rater/look/look-host.tsx";
import { useLook } from "../rater/look/use-look.ts";
import { ShownPicture } from "../rater/shown-picture.tsx";
import { Slate } from "../rater/slate.tsx";
import { ZoomLink } from "../rater/zoom-link.tsx";
import { LookBack } from "./look-back.tsx";
import { TurnLayout } from "./turn-layout.tsx";

/** A turn that has its choice. After the last one it is the door to the evaluation. */
export function ChosenTurn({ view }: { view: TurnView }) {
  const { columns, chosenColumnId, assignmentId, chosenTurns, horizon } = view;
  const t = useTranslations("turn");
  const look = useLook(columns);
  usePageKeys([
    {
      caps: "Space",
      effect: "enlargeChosen",
      keys: ["Space"],
      act: () => look.compare("column", chosenColumnId),
    },
  ]);
  const chosen = columns.find((column) => column.columnId === chosenColumnId);
  const isComplete = chosenTurns >= horizon;
  return (
    <TurnLayout
      view={view}
      slate={
        <Slate
          columns={columns}
          imagesPerColumn={view.imagesPerColumn}
          columnClassName={(column) =>
            column.columnId === chosenColumnId ? "border-accent bg-accent-soft" : "border-transparent"
          }
          renderHeader={(column) => (
            <span
              className={cx(
                "flex items-center gap-1.5 font-semibold",
                column.columnId === chosenColumnId && "text-accent-ink",
              )}
            >
              {column.label}
              {column.columnId === chosenColumnId && (
                <>
                  <Check aria-hidden="true" className="size-4" strokeWidth={3} />
                  <span className="text-sm max-sm:sr-only">{t("column.yourChoice")}</span>
                </>
              )}
            </span>
          )}
          renderImage={(image) => (
            <>
              <ShownPicture image={image} className="size-full object-cover" />
              {!image.hidden && <ZoomLink image={image} onOpen={() => look.show(image.imageId)} />}
            </>
          )}
        />
      }
    >
      <div className="grid gap-4 p-1">
        {isComplete ? (
          <>
            <Alert tone="success" title={t("chosen.allDone", { turns: horizon })}>
              {t("chosen.lastChoice", { column: chosen?.label ?? "" })}
            </Alert>
            <ButtonLink to={paths.evaluation(assignmentId, 1)} variant="primary" size="lg">
              {t("chosen.enter")}
              <ArrowRight aria-hidden="true" className="size-4" />
            </ButtonLink>
          </>
        ) : (
          <>
            <Alert tone="info">{t("chosen.choice", { column: chosen?.label ?? "" })}</Alert>
            <ButtonLink to={paths.turn(assignmentId, chosenTurns + 1)} variant="primary" size="lg">
              {t("chosen.goOn", { turn: chosenTurns + 1 })}
              <ArrowRight aria-hidden="true" className="size-4" />
            </ButtonLink>
          </>
        )}
        {view.draft.critique && (
          <p className="text-sm text-muted">{t("chosen.remark", { text: view.draft.critique })}</p>
        )}
        <div>
          <LookBack past={view.past} />
        </div>
      </div>
      <LookHost columns={columns} state={look} />
    </TurnLayout>
  );
}
