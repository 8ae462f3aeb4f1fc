import { Link } from "react-router";
import { Card } from "../../components/card.tsx";
import { formatDuration, formatNumber, plural } from "../../components/format.ts";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { Stat, StatRow } from "../../components/stat.tsx";
import { paths } from "../../domain/paths.ts";
import type { StudyMonitorView } from "../../domain/staff-views.ts";

/** The figures that a coordinator looks at first. */
export function MonitorOverview({ monitor }: { monitor: StudyMonitorView }) {
  const { counts, generation } = monitor;
  const percent = percentText(counts.completed, counts.target);
  const left = Math.max(0, counts.target - counts.completed - counts.live);
  return (
    <div className="grid grid-cols-1 gap-3">
      <Card>
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <p>
            <span className="text-2xl font-semibold tracking-tight tabular-nums">
              {formatNumber(counts.completed)}
            </span>{" "}
            <span className="text-muted">
              of {plural(counts.target, "trajectory", "trajectories")} completed
            </span>
          </p>
          <p className="text-sm text-muted tabular-nums">
            {counts.completed >= counts.target
              ? "Target reached"
              : `${percent} · ${plural(left, "place")} free`}
          </p>
        </div>
        <ProgressBar
          value={counts.completed}
          max={counts.target}
          label="Completed trajectories"
          className="mt-3 h-2"
        />
      </Card>
      <StatRow>
        <Stat
          label="At work"
          value={formatNumber(counts.live)}
          note={counts.live === 1 ? "rater" : "raters"}
        />
        <Stat
          label="Lease ran out"
          value={formatNumber(counts.expired)}
          note={counts.expired > 0 ? "work kept" : undefined}
        />
        <Stat label="Raters" value={formatNumber(counts.raters)} note="in this study" />
        <Stat
          label="Open problems"
          value={
            counts.openProblems > 0 ? (
              <Link className="underline underline-offset-4" to={paths.studyProblems(monitor.studyId)}>
                {formatNumber(counts.openProblems)}
              </Link>
            ) : (
              "0"
            )
          }
          tone={counts.openProblems > 0 ? "warning" : "neutral"}
        />
        <Stat
          label="Median turn time"
          value={generation.medianTurnMs === null ? "–" : formatDuration(generation.medianTurnMs)}
          note={generation.medianTurnMs === null ? "no turns yet" : "last 50 turns"}
        />
      </StatRow>
    </div>
  );
}

/** Rounded down, so that 100% means done; with a decimal while it is small. */
function percentText(part: number, whole: number): string {
  const percent = (100 * part) / Math.max(1, whole);
  return `${percent < 10 ? Math.floor(percent * 10) / 10 : Math.floor(percent)}%`;
}
