import { Layers } from "lucide-react";
import type { ReactNode } from "react";
import { Form, Link, useSearchParams, useSubmit } from "react-router";
import { StatusBadge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDuration } from "../../components/format.ts";
import { Select } from "../../components/inputs.tsx";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";
import { ASSIGNMENT_STATUSES } from "../../domain/assignment.ts";
import type { Page, TrajectoryRow } from "../../domain/staff-views.ts";
import { SOURCES } from "../../domain/vocabulary.ts";
import { phaseText } from "../console/phase-text.ts";

export interface TrajectoryListProps {
  page: Page<TrajectoryRow>;
  arms: { armId: string; label: string; version: number }[];
  toTrajectory: (trajectoryId: string) => string;
  /** Said when the study has none at all. */
  emptyHint: ReactNode;
}

const FILTERS = ["status", "source", "arm", "rater"];

/** The trajectories of a study, filtered by the address and read page by page. */
export function TrajectoryList({ page, arms, toTrajectory, emptyHint }: TrajectoryListProps) {
  const [params] = useSearchParams();
  const filtered = FILTERS.some((name) => params.get(name));
  return (
    <Card padded={false}>
      <FilterBar arms={arms} filtered={filtered} />
      {page.rows.length === 0 ? (
        <EmptyState
          icon={<Layers />}
          title={filtered ? "No trajectory matches" : "No trajectories yet"}
          actions={filtered && <ButtonLink to="?">Show all</ButtonLink>}
        >
          {filtered ? "Try fewer filters." : emptyHint}
        </EmptyState>
      ) : (
        <>
          <Table
            caption="Trajectories"
            head={
              <>
                <Th>Initial prompt</Th>
                <Th>Status</Th>
                <Th>Source</Th>
                <Th>Reached</Th>
                <Th>Arm</Th>
                <Th>Rater</Th>
                <Th numeric>Took</Th>
                <Th numeric>Started</Th>
              </>
            }
          >
            {page.rows.map((row) => (
              <Row key={row.trajectoryId} row={row} to={toTrajectory(row.trajectoryId)} />
            ))}
          </Table>
          <Pagination
            shown={page.rows.length}
            total={page.total}
            nextCursor={page.nextCursor}
            noun="trajectories"
          />
        </>
      )}
    </Card>
  );
}

function Row({ row, to }: { row: TrajectoryRow; to: string }) {
  return (
    <tr>
      <Td rowHeader className="min-w-56">
        <Link to={to} className="text-accent-ink underline-offset-2 hover:underline">
          {row.initialPrompt || <span className="text-muted italic">No prompt yet</span>}
        </Link>
      </Td>
      <Td>
        <StatusBadge status={row.status} />
      </Td>
      <Td className="text-muted">{capitalised(row.source)}</Td>
      <Td className="whitespace-nowrap text-muted">{phaseText(row)}</Td>
      <Td className="whitespace-nowrap">{row.armLabel ?? <span className="text-muted">–</span>}</Td>
      <Td className="font-mono text-xs leading-5 whitespace-nowrap">
        <Link
          to={`?rater=${row.raterId}`}
          className="text-muted hover:text-text hover:underline"
          title={`${row.raterId}: show only this rater`}
        >
          {shortId(row.raterId)}
        </Link>
      </Td>
      <Td numeric>
        {row.completedAtMs === null ? "–" : formatDuration(row.completedAtMs - row.startedAtMs)}
      </Td>
      <Td numeric>
        <Time atMs={row.startedAtMs} />
      </Td>
    </tr>
  );
}

/** Enough of an id to tell rows apart; the whole one is in the title. */
function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 12)}…` : id;
}

function FilterBar({ arms, filtered }: { arms: TrajectoryListProps["arms"]; filtered: boolean }) {
  const [params] = useSearchParams();
  const submit = useSubmit();
  const hydrated = useHydrated();
  const rater = params.get("rater");
  return (
    <Form
      method="get"
      // Uncontrolled selects take their value from the address again after each navigation.
      key={params.toString()}
      preventScrollReset
      onChange={(event) => submit(event.currentTarget, { preventScrollReset: true })}
      className="flex flex-wrap items-end gap-3 border-b px-5 py-3"
      aria-label="Filter"
    >
      <Select
        label="Status"
        name="status"
        placeholder="All"
        defaultValue={params.get("status") ?? ""}
        options={ASSIGNMENT_STATUSES.map((value) => ({ value, label: capitalised(value) }))}
        className="w-36"
      />
      <Select
        label="Source"
        name="source"
        placeholder="All"
        defaultValue={params.get("source") ?? ""}
        options={SOURCES.map((value) => ({ value, label: capitalised(value) }))}
        className="w-36"
      />
      <Select
        label="Arm"
        name="arm"
        placeholder="All"
        defaultValue={params.get("arm") ?? ""}
        options={arms.map((arm) => ({ value: arm.armId, label: `${arm.label} (v${arm.version})` }))}
        className="w-56 max-w-full"
      />
      {rater && <input type="hidden" name="rater" value={rater} />}
      {!hydrated && <Button type="submit">Filter</Button>}
      {filtered && (
        <ButtonLink to="?" variant="ghost" preventScrollReset>
          Clear filters
        </ButtonLink>
      )}
      {rater && (
        <p className="self-center text-sm text-muted">
          Only rater <span className="font-mono text-xs">{shortId(rater)}</span>
        </p>
      )}
    </Form>
  );
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
