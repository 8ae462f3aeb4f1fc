import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { formatDate, formatNumber } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { ExportRow } from "../../domain/export-job.ts";
import { EXCLUSION_TEXTS } from "./export-estimate.tsx";

const COUNT_TEXTS: Record<string, string> = {
  trajectories: "trajectories",
  complete: "complete",
  abandoned: "partial",
  raters: "raters",
  turns: "turns",
  columns: "columns",
  images: "images",
  inTurnPairs: "pairs within turns",
  crossTurnPairs: "pairs across turns",
};

/** What went in and what stayed out, beside what the export before it had. */
export function ExportCounts({ row, previous }: { row: ExportRow; previous: ExportRow | null }) {
  if (!row.summary) return null;
  const { counts, excluded } = row.summary;
  const before = previous?.summary ?? null;
  const lines: [string, number, number | undefined][] = [
    ...Object.entries(COUNT_TEXTS).map(
      ([key, text]) => [text, counts[key] ?? 0, before?.counts[key]] as [string, number, number | undefined],
    ),
    ...Object.entries(EXCLUSION_TEXTS)
      .filter(([key]) => (excluded[key] ?? 0) > 0 || (before?.excluded[key] ?? 0) > 0)
      .map(
        ([key, text]) =>
          [`left out: ${text}`, excluded[key] ?? 0, before?.excluded[key]] as [
            string,
            number,
            number | undefined,
          ],
      ),
  ];
  return (
    <Card title="What it holds" padded={false}>
      <Table
        caption="Counts of the export"
        head={
          <>
            <Th>What</Th>
            <Th numeric>Here</Th>
            {previous && (
              <Th numeric>
                Export of <Time atMs={previous.createdAtMs} />
              </Th>
            )}
            {previous && <Th numeric>Change</Th>}
          </>
        }
      >
        {lines.map(([text, here, there]) => (
          <tr key={text}>
            <Td rowHeader>{text}</Td>
            <Td numeric>{formatNumber(here)}</Td>
            {previous && <Td numeric>{there === undefined ? "–" : formatNumber(there)}</Td>}
            {previous && <Td numeric>{there === undefined ? "–" : changeText(here - there)}</Td>}
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function changeText(change: number): string {
  if (change === 0) return "0";
  return change > 0 ? `+${formatNumber(change)}` : `−${formatNumber(-change)}`;
}

/** Who asked for what. */
export function ExportOptionsCard({
  row,
  arms,
}: {
  row: ExportRow;
  arms: readonly { armId: string; label: string }[];
}) {
  const { options } = row;
  const { filters, splits } = options;
  const armNames = filters.armIds?.map((id) => arms.find((arm) => arm.armId === id)?.label ?? id);
  const days = [
    filters.startedFromMs === null ? null : `from ${formatDate(filters.startedFromMs)}`,
    filters.startedBeforeMs === null ? null : `until ${formatDate(filters.startedBeforeMs - 1)}`,
  ].filter((text) => text !== null);
  return (
    <Card title="Options">
      <DefinitionList
        columns={3}
        items={[
          {
            term: "Asked for by",
            value: row.requestedBy?.name || "somebody who is gone, or the command line",
          },
          { term: "Asked for", value: <Time atMs={row.createdAtMs} /> },
          { term: "Privacy profile", value: row.profile },
          {
            term: "Status",
            value: options.include === "complete" ? "complete only" : "complete and partial",
          },
          { term: "Made by", value: options.source ?? "people and simulated raters" },
          { term: "Arms", value: armNames?.join(", ") ?? "all" },
          { term: "Versions", value: filters.studyVersions?.join(", ") ?? "all" },
          { term: "Started", value: days.join(" ") || "any day" },
          { term: "Formats", value: options.formats.join(", ") },
          { term: "Tables", value: options.tables.join(", ") },
          { term: "Original images", value: options.images ? "yes" : "no" },
          {
            term: "Splits",
            value: splits ? `${splits.testUnseen * 100} % unseen, ${splits.testSeen * 100} % seen` : "none",
          },
        ]}
      />
    </Card>
  );
}
