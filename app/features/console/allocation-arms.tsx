import { Form } from "react-router";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatNumber } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import type { AllocationView } from "../../domain/allocation-view.ts";
import { CheckText } from "./allocation-check.tsx";

/** Each arm's trajectories beside what its weight promises, and the button that pauses it. */
export function AllocationArms({ view, submissionId }: { view: AllocationView; submissionId: string }) {
  return (
    <Card title="Arms" description="Trajectories of all versions of the study" padded={false}>
      {view.arms.length === 0 ? (
        <EmptyState title="No arms yet">Arms are fixed when the study is published.</EmptyState>
      ) : (
        <>
          <Table
            caption="Arms"
            head={
              <>
                <Th>Arm</Th>
                <Th numeric>Assigned</Th>
                <Th numeric>At work</Th>
                <Th numeric>Completed</Th>
                <Th numeric>Expected</Th>
                <Th>
                  <span className="sr-only">Pause or open</span>
                </Th>
              </>
            }
          >
            {view.arms.map((arm) => (
              <tr key={arm.letter}>
                <Td rowHeader className="min-w-32">
                  <span className="flex flex-wrap items-center gap-2">
                    {arm.name}
                    {arm.status === "paused" && <Badge tone="warning">Paused</Badge>}
                    {arm.status === null && <Badge>Earlier version</Badge>}
                  </span>
                </Td>
                <Td numeric>{formatNumber(arm.assigned)}</Td>
                <Td numeric>{formatNumber(arm.live)}</Td>
                <Td numeric>{formatNumber(arm.completed)}</Td>
                <Td numeric className="text-muted">
                  {arm.expectedCompleted.toFixed(1)}
                </Td>
                <Td className="text-right">
                  {arm.status && (
                    <Form method="post" preventScrollReset>
                      <input type="hidden" name="letter" value={arm.letter} />
                      <input type="hidden" name="submissionId" value={`${submissionId}-${arm.letter}`} />
                      <Button
                        size="sm"
                        type="submit"
                        name="intent"
                        value={arm.status === "open" ? "pause" : "open"}
                        aria-label={`${arm.status === "open" ? "Pause" : "Open"} ${arm.name}`}
                      >
                        {arm.status === "open" ? "Pause" : "Open"}
                      </Button>
                    </Form>
                  )}
                </Td>
              </tr>
            ))}
          </Table>
          <div className="grid gap-2 border-t px-5 py-3 text-sm">
            <p>
              <CheckText check={view.completedCheck} what="Completed work" />
            </p>
            <p className="text-muted">
              “Expected” is what the weights promise out of all completed trajectories. A paused arm gets no
              new prompt; work that has it goes on.
              {view.wasPaused &&
                " An arm is or was paused, so counts need not follow the weights: read the checks with that in mind."}
            </p>
          </div>
        </>
      )}
    </Card>
  );
}
