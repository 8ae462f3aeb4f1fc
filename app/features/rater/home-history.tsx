import { Link } from "react-router";
import { StatusBadge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { formatDuration, formatMoney, plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { COMPLETED_STATUSES } from "../../domain/assignment.ts";
import { paths } from "../../domain/paths.ts";
import type { Earnings, RaterAssignmentRow } from "../../domain/rater-views.ts";

export interface HistoryProps {
  rows: readonly RaterAssignmentRow[];
  earnings: readonly Earnings[];
}

/** What is done, with time and pay; a time that was not measured is said to be so. */
export function History({ rows, earnings }: HistoryProps) {
  return (
    <Card padded={false}>
      {earnings.length > 0 && (
        <div className="grid gap-1 border-b px-5 py-3">
          {earnings.map((sum) => (
            <p key={sum.currency} className="text-sm">
              <EarningsText sum={sum} />
            </p>
          ))}
        </div>
      )}
      <Table
        caption="Your finished tasks"
        head={
          <>
            <Th>Prompt</Th>
            <Th>Status</Th>
            <Th>Finished</Th>
            <Th numeric>Time</Th>
            <Th numeric>Pay</Th>
          </>
        }
      >
        {rows.map((row) => (
          <tr key={row.assignmentId}>
            <Td rowHeader className="min-w-40">
              {row.submittedAtMs !== null && row.phase === "done" && row.status !== "withdrawn" ? (
                <Link to={paths.done(row.assignmentId)} className="underline hover:text-accent-ink">
                  {row.initialPrompt}
                </Link>
              ) : (
                row.initialPrompt || "No prompt yet"
              )}
              <span className="block text-xs font-normal text-muted">{row.studyName}</span>
              {row.status === "rejected" && row.reviewNote && (
                <span className="block text-xs font-normal">Reason: {row.reviewNote}</span>
              )}
            </Td>
            <Td>
              <StatusBadge status={row.status} />
            </Td>
            <Td>{row.submittedAtMs ? <Time atMs={row.submittedAtMs} show="date" /> : "–"}</Td>
            <Td numeric>
              {row.workMs !== null ? (
                formatDuration(row.workMs)
              ) : row.chosenTurns > 0 ? (
                <span className="text-muted">not measured</span>
              ) : (
                "–"
              )}
            </Td>
            <Td numeric>
              <Pay row={row} />
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function EarningsText({ sum }: { sum: Earnings }) {
  const measured = sum.tasks - sum.unmeasuredTasks;
  return (
    <>
      {measured > 0 && (
        <>
          <span className="font-semibold tabular-nums">{formatMoney(sum.cents, sum.currency)}</span>{" "}
          <span className="text-muted">earned with {plural(measured, "task")}. </span>
        </>
      )}
      {sum.unmeasuredTasks > 0 && (
        <span className="text-muted">
          {plural(sum.unmeasuredTasks, "task")} in {sum.currency} paid by the hour, without a measured time:
          ask the people who run the study.
        </span>
      )}
    </>
  );
}

function Pay({ row }: { row: RaterAssignmentRow }) {
  const isCompleted = (COMPLETED_STATUSES as readonly string[]).includes(row.status);
  if (!isCompleted || row.payCents === 0) return "–";
  if (row.earnedCents === null) return <span className="text-muted">not measured</span>;
  return (
    <>
      {formatMoney(row.earnedCents, row.payCurrency)}
      <span className="block text-xs text-muted">
        {row.status === "approved" ? "approved" : "under review"}
      </span>
    </>
  );
}
