import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import type { AllocationView } from "../../domain/allocation-view.ts";

/** The balance within each rater, or each group of raters. */
export function AllocationStrata({ view }: { view: AllocationView }) {
  const { strata, largestImbalance: largest, level } = view;
  const named = (name: string) => (level === "rater" ? name || "No group" : name);
  // An arm that only earlier versions had is in no list of this one.
  const arms = view.arms.filter((arm) => arm.status !== null);
  return (
    <Card
      title={level === "rater" ? "Balance by group of raters" : "Balance by rater"}
      description={`Version ${view.version}: drawn / at work / completed per arm`}
      padded={false}
    >
      {strata.rows.length === 0 ? (
        <EmptyState title="Nothing drawn yet">An arm is drawn when a rater submits the prompt.</EmptyState>
      ) : (
        <>
          {largest && (
            <p className="border-b px-5 py-3 text-sm">
              Largest imbalance: <strong className="font-semibold">{formatImbalance(largest.value)}</strong>{" "}
              draws per unit of weight, for {level === "rater" ? "group" : "rater"} {named(largest.stratum)}.{" "}
              {largest.value <= largest.bound
                ? `Within the bound of ${largest.bound} that blocks guarantee.`
                : `Above the bound of ${largest.bound} that blocks guarantee${view.wasPaused ? ": an arm is or was paused, which has this effect." : ". Tell whoever runs this server."}`}
            </p>
          )}
          <Table
            caption="Balance by stratum"
            head={
              <>
                <Th>{level === "rater" ? "Group" : "Rater"}</Th>
                {arms.map((arm) => (
                  <Th key={arm.letter} numeric>
                    {arm.name}
                  </Th>
                ))}
                <Th numeric>Imbalance</Th>
              </>
            }
          >
            {strata.rows.map((stratum) => (
              <tr key={stratum.listId}>
                <Td rowHeader className={level === "rater" ? "" : "font-mono text-xs leading-5"}>
                  {named(stratum.name)}
                </Td>
                {arms.map(({ letter }) => {
                  const arm = stratum.arms.find((a) => a.letter === letter);
                  return (
                    <Td key={letter} numeric>
                      {arm ? `${arm.drawn} / ${arm.live} / ${arm.completed}` : "–"}
                    </Td>
                  );
                })}
                <Td numeric>{formatImbalance(stratum.imbalance)}</Td>
              </tr>
            ))}
          </Table>
          <Pagination
            shown={strata.rows.length}
            total={strata.total}
            nextCursor={strata.nextCursor}
            noun={level === "rater" ? "groups" : "raters"}
          />
        </>
      )}
    </Card>
  );
}

function formatImbalance(value: number): string {
  return String(Math.round(value * 100) / 100);
}
