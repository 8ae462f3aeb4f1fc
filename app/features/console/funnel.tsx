import { Card } from "../../components/card.tsx";
import { formatNumber } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import type { StudyMonitorView } from "../../domain/staff-views.ts";
import { Bar } from "./bar.tsx";

/** How far trajectories get, as numbers with bars. */
export function Funnel({ funnel }: { funnel: StudyMonitorView["funnel"] }) {
  const started = funnel[0]?.count ?? 0;
  return (
    <Card title="Funnel" description="Trajectories that reached each step" padded={false}>
      <Table
        caption="Funnel"
        head={
          <>
            <Th>Step</Th>
            <Th className="w-full">
              <span className="sr-only">Bar</span>
            </Th>
            <Th numeric>Reached</Th>
            <Th numeric>Of started</Th>
          </>
        }
      >
        {funnel.map(({ stage, count }) => (
          <tr key={stage}>
            <Td rowHeader className="whitespace-nowrap">
              {stage}
            </Td>
            <Td>
              <span className="flex h-5 min-w-16 items-center">
                <Bar share={started === 0 ? 0 : count / started} />
              </span>
            </Td>
            <Td numeric>{formatNumber(count)}</Td>
            <Td numeric className="text-muted">
              {started === 0 ? "–" : `${Math.round((100 * count) / started)}%`}
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
