import { Badge } from "../../components/badge.tsx";
import type { SampleRatio } from "../../domain/sample-ratio.ts";

/** The verdict of a sample-ratio check, for a table's cell. */
export function CheckBadge({ check }: { check: SampleRatio }) {
  if (check.kind === "not_enough") return <span className="text-muted">Not enough data</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone={check.kind === "mismatch" ? "danger" : "success"}>
        {check.kind === "mismatch" ? "Mismatch" : "Fits"}
      </Badge>
      <span className="text-muted tabular-nums">p {formatP(check.p)}</span>
    </span>
  );
}

/** The verdict in words. */
export function CheckText({ check, what }: { check: SampleRatio; what: string }) {
  switch (check.kind) {
    case "not_enough":
      return `${what}: not enough data yet to compare the arms. Each arm must be expected at least 5 times.`;
    case "fits":
      return `${what} fits the weights (${figures(check)}).`;
    case "mismatch":
      return (
        <strong className="font-semibold text-danger-ink">
          {what} does not fit the weights ({figures(check)}). Look for an arm that fails or puts raters off
          before you compare arms.
        </strong>
      );
  }
}

function figures({ chiSquare, degreesOfFreedom, p }: Exclude<SampleRatio, { kind: "not_enough" }>): string {
  return `χ² = ${chiSquare.toFixed(2)}, ${degreesOfFreedom} df, p ${formatP(p)}`;
}

function formatP(p: number): string {
  return p < 0.0001 ? "< 0.0001" : `= ${p.toFixed(p < 0.01 ? 4 : 2)}`;
}
