import { Users } from "lucide-react";
import { Link } from "react-router";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { paths } from "../../domain/paths.ts";
import type { LiveRow, StudyMonitorView } from "../../domain/staff-views.ts";
import { phaseText, turnText } from "./phase-text.ts";

const IDLE_AFTER_MS = 10 * 60 * 1000;

/** Who is at work now, last seen first. */
export function LiveTable({ monitor }: { monitor: StudyMonitorView }) {
  const { live, counts, settings, nowMs } = monitor;
  return (
    <Card
      title="At work now"
      description={counts.live > live.length ? `The ${live.length} seen last of ${counts.live}` : undefined}
      padded={false}
    >
      {live.length === 0 ? (
        <EmptyState icon={<Users />} title="Nobody is at work">
          {emptyHint(monitor)}
        </EmptyState>
      ) : (
        <Table
          caption="Raters at work"
          maxHeight="max-h-112"
          head={
            <>
              <Th>Rater</Th>
              <Th>Where</Th>
              <Th>State</Th>
              <Th numeric>Last seen</Th>
              <Th numeric>Started</Th>
              <Th>
                <span className="sr-only">Trajectory</span>
              </Th>
            </>
          }
        >
          {live.map((row) => (
            <tr key={row.assignmentId}>
              <Td rowHeader className="max-w-56 truncate">
                {row.raterName}
              </Td>
              <Td className="whitespace-nowrap">{phaseText({ ...row, horizon: settings.horizon })}</Td>
              <Td className="whitespace-nowrap">
                <LiveState row={row} nowMs={nowMs} />
              </Td>
              <Td numeric>
                <Time atMs={row.lastSeenAtMs} agoFromMs={nowMs} />
              </Td>
              <Td numeric>
                <Time atMs={row.startedAtMs} agoFromMs={nowMs} />
              </Td>
              <Td numeric className="relative">
                <Link className="text-accent-ink hover:underline" to={paths.trajectory(row.trajectoryId)}>
                  Open<span className="sr-only"> the trajectory of {row.raterName}</span>
                </Link>
              </Td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
}

function LiveState({ row, nowMs }: { row: LiveRow; nowMs: number }) {
  if (row.leaseExpiresAtMs < nowMs) return <Badge tone="warning">Lease ran out</Badge>;
  if (row.turnStatus === "failed") return <Badge tone="danger">Images failed</Badge>;
  if (nowMs - row.lastSeenAtMs > IDLE_AFTER_MS) return <Badge>Idle</Badge>;
  return <span className="text-muted">{turnText(row.turnStatus)}</span>;
}

function emptyHint({ status, counts, studyId }: StudyMonitorView) {
  if (status === "draft") return "Publish the study so that its raters can start.";
  if (status !== "open") return "The study takes no new tasks now.";
  if (counts.raters === 0) {
    return (
      <>
        This study has no raters yet.{" "}
        <Link className="text-accent-ink underline" to={paths.studyRaters(studyId)}>
          Invite raters
        </Link>
      </>
    );
  }
  return "Raters appear here as soon as they start.";
}
