import { Download } from "lucide-react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { formatBytes, formatNumber, plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import type { ExportRow } from "../../domain/export-job.ts";
import { paths } from "../../domain/paths.ts";

/** What can be downloaded of a ready export. */
export function ExportFiles({ row }: { row: ExportRow }) {
  const bytes = row.files.reduce((sum, file) => sum + file.byteSize, 0);
  return (
    <Card
      title="Download"
      description={`${plural(row.files.length, "file")}, ${formatBytes(bytes)}. Broken downloads of single files go on.`}
      padded={false}
      actions={(["zip", "tar"] as const).map((format) => (
        <ButtonLink
          key={format}
          to={paths.exportArchive(row.exportId, format)}
          reloadDocument
          download
          variant={format === "zip" ? "primary" : "secondary"}
          icon={<Download className="size-4" />}
        >
          All as .{format}
        </ButtonLink>
      ))}
    >
      <Table
        caption="Files of the export"
        stacked
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
              <span className="flex flex-wrap items-center gap-x-3">
                <FileLink exportId={row.exportId} name={file.name} />
                {/\.csv$/.test(file.name) && (
                  <FileLink
                    exportId={row.exportId}
                    name={file.name.replace(/\.csv$/, ".spreadsheet.csv")}
                    label="for spreadsheets"
                  />
                )}
              </span>
            </Td>
            <Td numeric label="Rows">
              {file.rows === null ? "–" : formatNumber(file.rows)}
            </Td>
            <Td numeric label="Size">
              {formatBytes(file.byteSize)}
            </Td>
            <Td label="SHA-256">
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
    </Card>
  );
}

function FileLink({ exportId, name, label }: { exportId: string; name: string; label?: string }) {
  return (
    <a
      href={paths.exportFile(exportId, name)}
      download
      className="text-accent-ink hover:underline"
      aria-label={label === undefined ? undefined : `${name}: ${label}`}
    >
      {label ?? name}
    </a>
  );
}

/** Commands to be pasted where the files were unpacked. */
export function ExportCommands() {
  const commands = [
    ["Check every file", "sha256sum -c SHA256SUMS"],
    ["Publish on Kaggle (set your account in dataset-metadata.json first)", "kaggle datasets create -p ."],
    ["Look into a table", `duckdb -c "select * from 'turns.parquet' limit 5"`],
  ];
  return (
    <Card title="In the unpacked folder">
      <ul className="grid gap-3">
        {commands.map(([title, command = ""]) => (
          <li key={title} className="grid gap-1">
            <span className="text-sm text-muted">{title}</span>
            <span className="flex flex-wrap items-center gap-2">
              <code className="min-w-0 rounded bg-sunken px-2 py-1 font-mono text-xs break-all">
                {command}
              </code>
              <CopyButton text={command} variant="ghost" />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
