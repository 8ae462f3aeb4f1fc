import type { ReactNode } from "react";
import { Link } from "react-router";
import { Card } from "../../components/card.tsx";
import { formatNumber } from "../../components/format.ts";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { StudyRow } from "../../domain/staff-views.ts";
import { StudyStatusBadge } from "./study-status.tsx";

/** The list of studies with the progress of each. */
export function StudyTable({
  studies,
  toStudy,
  empty,
}: {
  studies: StudyRow[];
  toStudy: (studyId: string) => string;
  empty: ReactNode;
}) {
  if (studies.length === 0) return <Card>{empty}</Card>;
  return (
    <Card padded={false}>
      <Table
        caption="Studies"
        head={
          <>
            <Th>Study</Th>
            <Th>Status</Th>
            <Th className="min-w-44">Completed</Th>
            <Th numeric>At work</Th>
            <Th numeric>Raters</Th>
            <Th numeric>Created</Th>
          </>
        }
      >
        {studies.map((study) => (
          <tr key={study.studyId}>
            <Td rowHeader className="min-w-56">
              <Link
                to={toStudy(study.studyId)}
                className="rounded-sm text-accent-ink underline-offset-2 hover:underline"
              >
                {study.name}
              </Link>
            </Td>
            <Td>
              <StudyStatusBadge status={study.status} version={study.version} />
            </Td>
            <Td>
              <Progress completed={study.completed} target={study.target} name={study.name} />
            </Td>
            <Td numeric>{formatNumber(study.live)}</Td>
            <Td numeric>{formatNumber(study.raters)}</Td>
            <Td numeric>
              <Time atMs={study.createdAtMs} show="date" />
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function Progress({ completed, target, name }: { completed: number; target: number; name: string }) {
  return (
    <div className="grid gap-1.5">
      <span className="tabular-nums">
        {formatNumber(completed)} <span className="text-muted">of {formatNumber(target)}</span>
      </span>
      <ProgressBar value={completed} max={target} label={`Completed trajectories of ${name}`} />
    </div>
  );
}
