import { useRevalidator } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { cx } from "../../components/cx.ts";
import { ProgressBar } from "../../components/progress-bar.tsx";
import type { TurnView } from "../../domain/rater-views.ts";
import { placeholderColumns, Slate } from "../rater/slate.tsx";
import { LookBack } from "./look-back.tsx";
import { TurnLayout } from "./turn-layout.tsx";
import { useElapsedSeconds, useTurnProgress } from "./use-turn-progress.ts";

/** While the images are made: an empty slate that fills up, and how long it will take. */
export function Generating({ view }: { view: TurnView }) {
  const t = useTranslations("turn.waiting");
  const { revalidate } = useRevalidator();
  const { readyImages, totalImages, reachable } = useTurnProgress(view, () => void revalidate());
  const elapsed = useElapsedSeconds(view.waitedSeconds);
  return (
    <TurnLayout view={view} slate={<EmptySlate view={view} readyImages={readyImages} />}>
      <div className="grid gap-4 p-1">
        <section className="grid gap-2">
          <h2 className="font-semibold">{t("title")}</h2>
          <ProgressBar value={readyImages} max={totalImages} label={t("bar")} />
          <p className="flex justify-between gap-3 text-sm text-muted tabular-nums">
            <span>{t("ready", { ready: readyImages, total: totalImages })}</span>
            <span>
              {t("seconds", { seconds: elapsed })}
              {view.expectedSeconds !== null && ` · ${timeLeft(t, view.expectedSeconds, elapsed)}`}
            </span>
          </p>
          <p aria-live="polite" className="sr-only">
            {announced(t, readyImages, totalImages)}
          </p>
        </section>
        {!reachable && (
          <Alert tone="warning" title={t("offlineTitle")}>
            {t("offline")}
          </Alert>
        )}
        <LookBack past={view.past} />
        <noscript>
          <meta httpEquiv="refresh" content="2" />
          <p>{t("noScript")}</p>
        </noscript>
      </div>
    </TurnLayout>
  );
}

type WaitingTexts = ReturnType<typeof useTranslations<"turn.waiting">>;

/** In plain words, from what the study's latest turns took. */
function timeLeft(t: WaitingTexts, expectedSeconds: number, elapsed: number): string {
  const left = expectedSeconds - elapsed;
  if (left > 0) return t("left", { seconds: left });
  return elapsed > 2 * expectedSeconds ? t("longer") : t("soon");
}

/** Quarter by quarter: a running count would drown everything else. */
function announced(t: WaitingTexts, ready: number, total: number): string {
  const quarter = Math.floor((ready / Math.max(1, total)) * 4);
  return quarter === 0 ? t("started") : t("announced", { ready: Math.floor((quarter * total) / 4), total });
}

/** The frame of a slate whose images are not there yet. */
export function EmptySlate({ view, readyImages }: { view: TurnView; readyImages: number }) {
  const columns = placeholderColumns(view.columnCount, view.imagesPerColumn);
  const order = columns.flatMap((column) => column.images.map((image) => image.imageId));
  return (
    <Slate
      columns={columns}
      imagesPerColumn={view.imagesPerColumn}
      renderHeader={(column) => <span className="text-sm font-medium text-muted">{column.label}</span>}
      renderImage={(image) => (
        <div
          aria-hidden="true"
          className={cx(
            "size-full",
            order.indexOf(image.imageId) < readyImages ? "bg-accent-soft" : "animate-breathe",
          )}
        />
      )}
    />
  );
}
