import { Card } from "../../components/card.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import type { AllocationView } from "../../domain/allocation-view.ts";
import { CheckBadge } from "./allocation-check.tsx";

/** How far ended trajectories of each arm got, with intervals, and whether the arms differ. */
export function AllocationStages({ view }: { view: AllocationView }) {
  return (
    <Card
      title="Drop-off"
      description="Of the trajectories that ended, how many reached each step, with 95% intervals. Work under way is left out."
      padded={false}
    >
      <Table
        caption="Drop-off by step and arm"
        head={
          <>
            <Th>Step</Th>
            {view.arms.map((arm) => (
              <Th key={arm.letter} numeric>
                {arm.name}
              </Th>
            ))}
            <Th>Fits the weights?</Th>
          </>
        }
      >
        {view.stages.map(({ stage, arms, check }) => (
          <tr key={stage}>
            <Td rowHeader className="whitespace-nowrap">
              {stage}
            </Td>
            {arms.map(({ reached, ended, interval }, i) => (
              <Td key={view.arms[i]?.letter} numeric>
                {reached} of {ended}
                {interval && (
                  <span className="block text-xs text-muted">
                    {percent(reached / ended)} ({percent(interval.low)} to {percent(interval.high)})
                  </span>
                )}
              </Td>
            ))}
            <Td className="whitespace-nowrap">
              <CheckBadge check={check} />
            </Td>
          </tr>
        ))}
      </Table>
      {view.level === "rater" && (
        <p className="border-t px-5 py-3 text-sm text-muted">
          Arms are given to raters here, so the checks count raters. The intervals count trajectories and are
          too narrow where raters do several.
        </p>
      )}
    </Card>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
