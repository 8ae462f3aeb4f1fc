import { formatBytes, formatNumber, plural } from "../../components/format.ts";
import type { ExportEstimate } from "../../domain/export-estimate.ts";

/** Why trajectories stay out, in words. */
export const EXCLUSION_TEXTS: Record<string, string> = {
  withdrawn: "consent taken back",
  rejected: "work rejected",
  noConsent: "no consent given",
  outOfScope: "consent does not cover this profile",
  abandoned: "not complete",
  source: "other source",
  filtered: "outside the filters",
};

/** What the export would hold, counted now. */
export function EstimateView({
  estimate,
  undecided,
}: {
  estimate: ExportEstimate;
  /** Flagged texts that a public release waits for; null = not asked. */
  undecided: number | null;
}) {
  const { trajectories, complete, partial, raters, excluded, withheld, tables, images, bytes } = estimate;
  const left = Object.entries(excluded).filter(([, n]) => n > 0);
  return (
    <div className="grid gap-4 text-sm">
      <div>
        <p className="text-2xl font-semibold tabular-nums">{formatNumber(trajectories)}</p>
        <p className="text-muted">
          {trajectories === 1 ? "trajectory" : "trajectories"} of {plural(raters, "rater")}:{" "}
          {formatNumber(complete)} complete, {formatNumber(partial)} partial
        </p>
        <p className="mt-1">
          About <span className="font-medium tabular-nums">{formatBytes(bytes)}</span> in all
          {images.files > 0 && `, ${formatBytes(images.bytes)} of it ${plural(images.files, "image")}`}
        </p>
      </div>
      <Lines
        title="Left out"
        none="No trajectory is left out."
        lines={left.map(([reason, n]) => [EXCLUSION_TEXTS[reason] ?? reason, formatNumber(n)])}
      />
      <Lines
        title="In, but without a part that was not agreed to"
        none=""
        lines={(
          [
            ["free text", withheld.freeText],
            ["images", withheld.images],
            ["demographics", withheld.demographics],
          ] as const
        )
          .filter(([, n]) => n > 0)
          .map(([what, n]) => [what, formatNumber(n)])}
      />
      {undecided !== null && undecided > 0 && (
        <p className="font-medium text-danger-ink">
          {plural(undecided, "flagged text")} not reviewed yet: the release waits for them.
        </p>
      )}
      <Lines
        title="Rows by table"
        none="No table is chosen."
        lines={tables.map(({ table, rows, bytes: size }) => [
          table,
          `${formatNumber(rows)} · ${formatBytes(size)}`,
        ])}
      />
    </div>
  );
}

function Lines({ title, none, lines }: { title: string; none: string; lines: [string, string][] }) {
  if (lines.length === 0) return none === "" ? null : <p className="text-muted">{none}</p>;
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <dl className="mt-1 grid gap-0.5">
        {lines.map(([term, value]) => (
          <div key={term} className="flex justify-between gap-4">
            <dt className="text-muted">{term}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
