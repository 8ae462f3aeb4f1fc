import { Download, FileDown } from "lucide-react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { formatBytes, formatNumber, plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { type ExportRow, isUnfinishedExport } from "../../domain/export-job.ts";
import { paths } from "../../domain/paths.ts";
import { Disclosure } from "./disclosure.tsx";

/** So many exports stand by themselves; older ones are folded away together. */
const LATEST = 3;

/** Starts exports and lists those made before. */
export function ExportPanel({
  exports,
  submissionId,
  error,
}: {
  exports: ExportRow[];
  submissionId: string;
  error: string | null;
}) {
  const busy = useNavigation().formData?.get("intent") === "export";
  return (
    <div className="grid grid-cols-1 gap-4">
      <Card
        title="Export"
        description="For your own team: trajectories, turns, columns and images as files with checksums, with pseudonyms in place of ids."
      >
        <Form method="post" preventScrollReset className="grid grid-cols-1 justify-items-start gap-3">
          <input type="hidden" name="submissionId" value={submissionId} />
          <input type="hidden" name="profile" value="internal" />
          {error !== null && <Alert tone="danger">{error}</Alert>}
          <Button
            type="submit"
            name="intent"
            value="export"
            variant="primary"
            pending={busy}
            icon={<FileDown className="size-4" />}
          >
            Export now
          </Button>
        </Form>
      </Card>
      {exports.length === 0 ? (
        <p className="text-sm text-muted">No exports yet. Each export stays here with its checksums.</p>
      ) : (
        <>
          {exports.slice(0, LATEST).map((row, i) => (
            <ExportCard key={row.exportId} row={row} open={i === 0} />
          ))}
          {exports.length > LATEST && (
            <Disclosure title="Earlier exports" note={formatNumber(exports.length - LATEST)}>
              <div className="grid grid-cols-1 gap-3 p-3">
                {exports.slice(LATEST).map((row) => (
                  <ExportCard key={row.exportId} row={row} open={false} />
                ))}
              </div>
            </Disclosure>
          )}
        </>
      )}
    </div>
  );
}

function ExportCard({ row, open }: { row: ExportRow; open: boolean }) {
  const bytes = row.files.reduce((sum, file) => sum + file.byteSize, 0);
  return (
    <Disclosure
      title={<Time atMs={row.createdAtMs} />}
      note={
        <>
          <StatusBadge status={row.status} /> {row.profile}
          {row.status === "ready" && `, ${plural(row.files.length, "file")}, ${formatBytes(bytes)}`}
        </>
      }
      open={open}
    >
      {row.status === "ready" ? (
        <Files row={row} />
      ) : (
        <p className="px-5 py-4 text-sm text-muted">{noFilesText(row)}</p>
      )}
    </Disclosure>
  );
}

function noFilesText({ status, error, progress }: ExportRow): string {
  if (isUnfinishedExport(status)) {
    const share = progress.total > 0 ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : "";
    return progress.stage === null ? "Waiting for a worker." : `Being written: ${progress.stage}${share}.`;
  }
  if (status === "cancelled") return "The export was cancelled. Nothing of it can be downloaded.";
  return `The export failed: ${error ?? "the reason was not recorded"}. Nothing of it can be downloaded.`;
}

function Files({ row }: { row: ExportRow }) {
  return (
    <Table
      caption="Files of the export"
      head={
        <>
          <Th>File</Th>
          <Th numeric>Rows</Th>
          <Th numeric>Size</Th>
          <Th>SHA-256</Th>
        </>
      }
    >
      {row.files.map((file) => (
        <tr key={file.name}>
          <Td rowHeader className="whitespace-nowrap">
            <a
              href={paths.exportFile(row.exportId, file.name)}
              download
              className="inline-flex items-center gap-1.5 text-accent-ink hover:underline"
            >
              <Download aria-hidden="true" className="size-4" />
              {file.name}
            </a>
          </Td>
          <Td numeric>{file.rows === null ? "–" : formatNumber(file.rows)}</Td>
          <Td numeric>{formatBytes(file.byteSize)}</Td>
          <Td>
            <span className="flex items-center gap-2">
              <code className="font-mono text-xs text-muted" title={file.sha256}>
                {file.sha256.slice(0, 12)}…
              </code>
              <CopyButton text={file.sha256} label="Copy" variant="ghost" />
            </span>
          </Td>
        </tr>
      ))}
    </Table>
  );
}
