import { Link } from "react-router";
import { StatusBadge } from "../../components/badge.tsx";
import { formatBytes, formatNumber } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { type ExportRow, isUnfinishedExport } from "../../domain/export-job.ts";
import { paths } from "../../domain/paths.ts";

/** Exports, the newest first: who, what, how many, how it ended. */
export function ExportHistory({ rows }: { rows: readonly ExportRow[] }) {
  return (
    <Table
      caption="Exports"
      stacked
      head={
        <>
          <Th>Asked for</Th>
          <Th>By</Th>
          <Th>Profile</Th>
          <Th>Status</Th>
          <Th numeric>Trajectories</Th>
          <Th numeric>Size</Th>
          <Th>Repeat</Th>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.exportId}>
          <Td rowHeader>
            <Link to={paths.dataExport(row.exportId)} className="text-accent-ink hover:underline">
              <Time atMs={row.createdAtMs} />
            </Link>
          </Td>
          <Td label="By">{row.requestedBy?.name || "–"}</Td>
          <Td label="Profile">{row.profile}</Td>
          <Td label="Status">
            <span className="flex flex-wrap items-center gap-2">
              <StatusBadge status={row.status} />
              {statusNote(row)}
            </span>
          </Td>
          <Td numeric label="Trajectories">
            {row.summary ? formatNumber(row.summary.counts.trajectories ?? 0) : "–"}
          </Td>
          <Td numeric label="Size">
            {row.files.length > 0
              ? formatBytes(row.files.reduce((sum, file) => sum + file.byteSize, 0))
              : "–"}
          </Td>
          <Td label="Repeat">
            <Link to={paths.newExport(row.studyId, row.exportId)} className="text-accent-ink hover:underline">
              Same options
            </Link>
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function statusNote({ status, error, filesRemovedAtMs, progress }: ExportRow) {
  const note =
    status === "failed"
      ? error
      : filesRemovedAtMs !== null
        ? "files removed"
        : isUnfinishedExport(status) && progress.total > 0
          ? `${Math.floor((100 * progress.done) / progress.total)} %`
          : null;
  return note === null ? null : <span className="text-xs text-muted">{note}</span>;
}
