import { ClipboardList } from "lucide-react";
import { Form, Link, useSearchParams } from "react-router";
import { Badge, StatusBadge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDuration } from "../../components/format.ts";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { isLive } from "../../domain/assignment.ts";
import { COORDINATOR_ACTIONS, coordinatorActions } from "../../domain/coordinator-action.ts";
import { paths } from "../../domain/paths.ts";
import type { Page, WorkRow } from "../../domain/staff-views.ts";
import { ACTION_TEXTS } from "./action-texts.ts";
import { phaseText } from "./phase-text.ts";
import { WorkFilterBar } from "./work-filter-bar.tsx";

export interface WorkListProps {
  studyId: string;
  page: Page<WorkRow>;
  nowMs: number;
}

/** The assignments of a study; ticked rows and single ones go on to a page that says what will happen. */
export function WorkList({ studyId, page, nowMs }: WorkListProps) {
  const [params] = useSearchParams();
  const filtered = ["status", "phase", "rater", "attention"].some((name) => params.get(name));
  const possible = COORDINATOR_ACTIONS.filter((action) =>
    page.rows.some((row) => coordinatorActions(row.status).includes(action)),
  );
  return (
    <Card padded={false}>
      <WorkFilterBar studyId={studyId} filtered={filtered} />
      {page.rows.length === 0 ? (
        <EmptyState
          icon={<ClipboardList />}
          title={filtered ? "No assignment matches" : "No assignments yet"}
          actions={filtered && <ButtonLink to="?">Show all</ButtonLink>}
        >
          {filtered ? "Try fewer filters." : "They appear as raters start tasks, or as you offer some."}
        </EmptyState>
      ) : (
        <Form method="get" action={paths.actOnAssignments(studyId)}>
          <input type="hidden" name="back" value={params.toString()} />
          {possible.length > 0 && (
            <fieldset className="flex flex-wrap items-center gap-2 border-b px-5 py-3">
              <legend className="sr-only">What to do with the ticked rows</legend>
              <span className="text-sm text-muted">Ticked rows:</span>
              {possible.map((action) => (
                <Button key={action} type="submit" name="do" value={action} size="sm">
                  {ACTION_TEXTS[action].button}
                </Button>
              ))}
            </fieldset>
          )}
          <Table
            stacked
            caption="Assignments"
            head={
              <>
                <Th>
                  <span className="sr-only">Tick</span>
                </Th>
                <Th>Rater</Th>
                <Th>Status</Th>
                <Th>Reached</Th>
                <Th numeric>Took</Th>
                <Th numeric>Active</Th>
                <Th numeric>Lease or hand-in</Th>
                <Th>Actions</Th>
              </>
            }
          >
            {page.rows.map((row) => (
              <Row
                key={row.assignmentId}
                row={row}
                studyId={studyId}
                nowMs={nowMs}
                back={params.toString()}
              />
            ))}
          </Table>
        </Form>
      )}
      {page.rows.length > 0 && (
        <Pagination
          shown={page.rows.length}
          total={page.total}
          nextCursor={page.nextCursor}
          noun="assignments"
        />
      )}
    </Card>
  );
}

function Row({ row, studyId, nowMs, back }: { row: WorkRow; studyId: string; nowMs: number; back: string }) {
  const actions = coordinatorActions(row.status);
  return (
    <tr>
      <Td label="Tick">
        <input
          type="checkbox"
          name="on"
          value={row.assignmentId}
          aria-label={`Tick the task of ${row.raterName}`}
          disabled={actions.length === 0}
          className="mt-0.5 size-4"
        />
      </Td>
      <Td rowHeader label="Rater">
        <Link className="hover:underline" to={`?rater=${encodeURIComponent(row.raterId)}`}>
          {row.raterName}
        </Link>
      </Td>
      <Td label="Status">
        <span className="flex flex-wrap gap-1">
          <StatusBadge status={row.status} />
          {row.attention === "stuck" && <Badge tone="danger">Stuck</Badge>}
          {row.attention === "idle" && <Badge>Idle</Badge>}
        </span>
        {row.reviewNote && (
          <span className="mt-1 block max-w-64 text-xs break-words text-muted">“{row.reviewNote}”</span>
        )}
      </Td>
      <Td label="Reached" className="whitespace-nowrap">
        <Link className="text-accent-ink hover:underline" to={paths.trajectory(row.trajectoryId)}>
          {phaseText(row)}
          <span className="sr-only">: replay the trajectory of {row.raterName}</span>
        </Link>
      </Td>
      <Td label="Took" numeric>
        {row.submittedAtMs === null ? "–" : formatDuration(row.submittedAtMs - row.startedAtMs)}
      </Td>
      <Td label="Active" numeric>
        {row.activeMs === null ? "–" : formatDuration(row.activeMs)}
      </Td>
      <Td label="Lease or hand-in" numeric>
        <When row={row} nowMs={nowMs} />
      </Td>
      <Td className="sm:min-w-48">
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          {actions.map((action) => (
            <Link
              key={action}
              className="whitespace-nowrap text-accent-ink hover:underline"
              to={`${paths.actOnAssignments(studyId)}?${new URLSearchParams({ do: action, on: row.assignmentId, back })}`}
            >
              {ACTION_TEXTS[action].button}
              <span className="sr-only"> the task of {row.raterName}</span>
            </Link>
          ))}
        </span>
      </Td>
    </tr>
  );
}

function When({ row, nowMs }: { row: WorkRow; nowMs: number }) {
  if (row.submittedAtMs !== null) return <Time atMs={row.submittedAtMs} agoFromMs={nowMs} />;
  if (row.status === "paused" || !isLive(row.status)) return "–";
  return (
    <>
      {row.leaseExpiresAtMs < nowMs ? "ran out " : "ends "}
      <Time atMs={row.leaseExpiresAtMs} agoFromMs={nowMs} />
    </>
  );
}
