import { useRevalidator } from "react-router";
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
  const { revalidate } = useRevalidator();
  const { readyImages, totalImages, reachable } = useTurnProgress(view, () => void revalidate());
  const elapsed = useElapsedSeconds(view.waitedSeconds);
  return (
    <TurnLayout view={view} slate={<EmptySlate view={view} readyImages={readyImages} />}>
      <div className="grid gap-4 p-1">
        <section className="grid gap-2">
          <h2 className="font-semibold">Making your images…</h2>
          <ProgressBar value={readyImages} max={totalImages} label="Images ready" />
          <p className="flex justify-between gap-3 text-sm text-muted tabular-nums">
            <span>
              {readyImages} of {totalImages} ready
            </span>
            <span>
              {elapsed} s{view.expectedSeconds !== null && ` · ${timeLeft(view.expectedSeconds, elapsed)}`}
            </span>
          </p>
          <p aria-live="polite" className="sr-only">
            {announced(readyImages, totalImages)}
          </p>
        </section>
        {!reachable && (
          <Alert tone="warning" title="No connection">
            Turnwise does not answer. It tries again by itself; nothing is lost.
          </Alert>
        )}
        <LookBack past={view.past} />
        <noscript>
          <meta httpEquiv="refresh" content="2" />
          <p>This page looks again every two seconds.</p>
        </noscript>
      </div>
    </TurnLayout>
  );
}

/** In plain words, from what the study's latest turns took. */
function timeLeft(expectedSeconds: number, elapsed: number): string {
  const left = expectedSeconds - elapsed;
  if (left > 0) return `about ${left} s left`;
  return elapsed > 2 * expectedSeconds
    ? "much longer than usual; it is still being worked on"
    : "any moment now";
}

/** Quarter by quarter: a running count would drown everything else. */
function announced(ready: number, total: number): string {
  const quarter = Math.floor((ready / Math.max(1, total)) * 4);
  return quarter === 0
    ? "Your images are being made."
    : `${Math.floor((quarter * total) / 4)} of ${total} images are ready.`;
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
