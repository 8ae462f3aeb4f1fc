import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatNumber } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import type { ArmProgress } from "../../domain/staff-views.ts";

/** Progress of each arm. */
export function ArmsTable({ arms, hidden }: { arms: ArmProgress[]; hidden: boolean }) {
  return (
    <Card
      title="Arms"
      description={`An arm is drawn when a rater submits the prompt.${hidden ? " Which arm is which is hidden until the analysis is unlocked." : ""}`}
      padded={false}
    >
      {arms.length === 0 ? (
        <EmptyState title="No arms yet">Arms are fixed when the study is published.</EmptyState>
      ) : (
        <Table
          caption="Arms"
          head={
            <>
              <Th>Arm</Th>
              <Th numeric>Weight</Th>
              <Th numeric>Assigned</Th>
              <Th numeric>At work</Th>
              <Th numeric>Completed</Th>
            </>
          }
        >
          {arms.map((arm) => (
            <tr key={arm.armId}>
              <Td rowHeader>
                <span className="flex flex-wrap items-center gap-2">
                  {arm.label}
                  {arm.status === "paused" && <Badge tone="warning">Paused</Badge>}
                </span>
              </Td>
              <Td numeric>{arm.weight}</Td>
              <Td numeric>{formatNumber(arm.assigned)}</Td>
              <Td numeric>{formatNumber(arm.live)}</Td>
              <Td numeric>{formatNumber(arm.completed)}</Td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
}
