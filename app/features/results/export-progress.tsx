import { useEffect } from "react";
import { Form, useRevalidator } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { formatBytes, formatDuration, formatNumber } from "../../components/format.ts";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { type ExportRow, isUnfinishedExport } from "../../domain/export-job.ts";
import { paths } from "../../domain/paths.ts";
import type { ExportStage } from "../../domain/vocabulary.ts";

const LOOK_AGAIN_MS = 1500;

const STAGES: Record<ExportStage, { title: string; unit: "trajectories" | "images" | "bytes" }> = {
  snapshot: { title: "Reading one consistent state of the data", unit: "trajectories" },
  tables: { title: "Writing the tables", unit: "trajectories" },
  images: { title: "Packing the images", unit: "images" },
  publish: { title: "Storing the files", unit: "bytes" },
};

/** How an export stands that is not ready: under way, failed or cancelled, with what can be done. */
export function ExportStanding({ row }: { row: ExportRow }) {
  const again = (
    <ButtonLink to={paths.newExport(row.studyId, row.exportId)} variant="secondary">
      Again with the same options
    </ButtonLink>
  );
  if (row.status === "failed") {
    return (
      <Alert tone="danger" title="The export failed" actions={again}>
        {row.error ?? "The reason was not recorded."} Nothing of it can be downloaded.
      </Alert>
    );
  }
  if (row.status === "cancelled") {
    return (
      <Alert title="The export was cancelled" actions={again}>
        Nothing of it can be downloaded.
      </Alert>
    );
  }
  if (row.filesRemovedAtMs !== null) {
    return (
      <Alert title="The files were removed" actions={again}>
        What the export held is still told below.
      </Alert>
    );
  }
  return isUnfinishedExport(row.status) ? <UnderWay row={row} /> : null;
}

function UnderWay({ row }: { row: ExportRow }) {
  const { stage, done, total, bytes, secondsLeft } = row.progress;
  useLookAgain();
  const { title, unit } = stage === null ? { title: "Waiting for a worker", unit: null } : STAGES[stage];
  const amount = (n: number) => (unit === "bytes" ? formatBytes(n) : formatNumber(n));
  return (
    <Card title={title}>
      <div className="grid gap-3">
        <ProgressBar value={done} max={total} label={title} />
        <p className="text-sm text-muted tabular-nums" role="status">
          {unit === null
            ? "It begins as soon as a worker is free."
            : `${amount(done)} of ${total > 0 ? amount(total) : "?"}${unit === "bytes" ? "" : ` ${unit}`}`}
          {unit !== null && unit !== "bytes" && bytes > 0 && ` · ${formatBytes(bytes)} written`}
          {secondsLeft !== null && ` · about ${formatDuration(secondsLeft * 1000)} left`}
        </p>
        <Form method="post" className="flex flex-wrap gap-2">
          <Button type="submit" name="intent" value="cancel">
            Cancel the export
          </Button>
          <noscript>
            <a
              className="self-center text-sm text-accent-ink underline"
              href={paths.dataExport(row.exportId)}
            >
              See how far it is
            </a>
          </noscript>
        </Form>
      </div>
    </Card>
  );
}

/** Looks every now and then how far it is. */
function useLookAgain() {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (state !== "idle") return;
    const timer = setTimeout(() => void revalidate(), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, revalidate]);
}
