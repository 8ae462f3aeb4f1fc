import { ArrowDown, ArrowUp, Layers } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Link, useSearchParams } from "react-router";
import { StatusBadge } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDuration, sentence } from "../../components/format.ts";
import { KeysHelp } from "../../components/keys-help.tsx";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { TrajectoryPage, TrajectoryRow } from "../../domain/staff-views.ts";
import { isNarrowed, listPart, type TrajectorySort, trajectoryQuery } from "../../domain/trajectory-query.ts";
import { phaseText } from "../console/phase-text.ts";
import { shortId } from "./short-id.ts";
import { type ListedArm, TrajectoryFilterBar } from "./trajectory-filter-bar.tsx";
import { useListKeys } from "./use-list-keys.ts";

export interface TrajectoryListProps {
  page: TrajectoryPage;
  arms: ListedArm[];
  toTrajectory: (trajectoryId: string) => string;
  /** Said when the study has none at all. */
  emptyHint: ReactNode;
}

const KEYS = [
  { keys: ["j", "k"], does: "go through the rows" },
  { keys: ["Enter"], does: "opens one" },
  { keys: ["n", "p"], does: "next and previous page" },
];

/** The trajectories of a study: filter, order and page stand in the address. */
export function TrajectoryList({ page, arms, toTrajectory, emptyHint }: TrajectoryListProps) {
  const [params] = useSearchParams();
  const box = useRef<HTMLDivElement>(null);
  const filtered = isNarrowed(params);
  const pageAt = (cursor: string | null) => {
    if (cursor === null) return null;
    const search = listPart(params);
    search.set("cursor", cursor);
    return search.toString();
  };
  useListKeys(box, { nextPage: pageAt(page.nextCursor), previousPage: pageAt(page.previousCursor) });
  const list = listPart(params).toString();
  return (
    <Card padded={false}>
      <TrajectoryFilterBar
        arms={arms}
        versions={[...new Set(arms.map((arm) => arm.version))].sort((a, b) => b - a)}
      />
      {page.rows.length === 0 ? (
        <EmptyState
          icon={<Layers />}
          title={filtered ? "No trajectory matches" : "No trajectories yet"}
          actions={filtered && <ButtonLink to="?">Show all</ButtonLink>}
        >
          {filtered ? "Try fewer filters." : emptyHint}
        </EmptyState>
      ) : (
        <div ref={box}>
          <Table
            stacked
            caption="Trajectories"
            head={
              <>
                <Th>Initial prompt</Th>
                <Th>Status</Th>
                <Th>Source</Th>
                <Th>Reached</Th>
                <Th>Arm</Th>
                <Th>Rater</Th>
                <SortTh sort="turns">Turns</SortTh>
                <SortTh sort="satisfaction">Satisfaction</SortTh>
                <SortTh sort="took">Took</SortTh>
                <SortTh sort="started">Started</SortTh>
              </>
            }
          >
            {page.rows.map((row) => (
              <Row
                key={row.trajectoryId}
                row={row}
                to={`${toTrajectory(row.trajectoryId)}${list && `?${list}`}`}
              />
            ))}
          </Table>
          <div className="border-t px-5 py-2">
            <KeysHelp keys={KEYS} />
          </div>
          <Pagination
            shown={page.rows.length}
            total={page.total}
            nextCursor={page.nextCursor}
            previousCursor={page.previousCursor}
            noun="trajectories"
          />
        </div>
      )}
    </Card>
  );
}

function Row({ row, to }: { row: TrajectoryRow; to: string }) {
  return (
    <tr className="focus-within:bg-accent-soft/50">
      <Td rowHeader className="sm:min-w-56">
        <Link to={to} data-row className="text-accent-ink underline-offset-2 hover:underline">
          {row.initialPrompt || <span className="text-muted italic">No prompt yet</span>}
        </Link>
      </Td>
      <Td label="Status">
        <StatusBadge status={row.status} />
      </Td>
      <Td label="Source" className="text-muted">
        {sentence(row.source)}
      </Td>
      <Td label="Reached" className="whitespace-nowrap text-muted">
        {phaseText(row)}
      </Td>
      <Td label="Arm" className="sm:max-w-36">
        {row.armLabel ?? <span className="text-muted">–</span>}
      </Td>
      <Td label="Rater" className="font-mono text-xs leading-5 whitespace-nowrap">
        <Link
          to={`?rater=${encodeURIComponent(row.raterId)}`}
          className="text-muted hover:text-text hover:underline"
          title={`${row.raterId}: show only this rater`}
        >
          {shortId(row.raterId)}
        </Link>
      </Td>
      <Td label="Turns" numeric>
        {row.chosenTurns}
      </Td>
      <Td label="Satisfaction" numeric>
        {row.meanSatisfaction === null ? "–" : row.meanSatisfaction.toFixed(1)}
      </Td>
      <Td label="Took" numeric>
        {row.tookMs === null ? "–" : formatDuration(row.tookMs)}
      </Td>
      <Td label="Started" numeric>
        <Time atMs={row.startedAtMs} />
      </Td>
    </tr>
  );
}

/** A heading that sorts: by this column, or the other way round where it does already. */
function SortTh({ sort, children }: { sort: TrajectorySort; children: string }) {
  const [params] = useSearchParams();
  const query = trajectoryQuery(params);
  const active = query.sort === sort;
  const up = active && query.descending;
  const search = listPart(params);
  search.set("sort", sort);
  if (up) search.set("order", "up");
  else search.delete("order");
  const Arrow = query.descending ? ArrowDown : ArrowUp;
  return (
    <Th numeric sorted={active ? (query.descending ? "down" : "up") : undefined}>
      <Link
        to={{ search: search.toString() }}
        preventScrollReset
        className="inline-flex items-center gap-1 hover:text-text hover:underline"
        title={up ? "Smallest first" : "Largest first"}
      >
        {children}
        {active && <Arrow aria-hidden="true" className="size-3.5" />}
      </Link>
    </Th>
  );
}
