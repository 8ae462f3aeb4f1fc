import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { formatNumber } from "../../components/format.ts";
import type { StudyMonitorView } from "../../domain/staff-views.ts";

/** State of the queue that proposes prompts and makes images. */
export function GenerationCard({ generation }: { generation: StudyMonitorView["generation"] }) {
  const { waiting, running, failed } = generation;
  return (
    <Card
      title="Generation queue"
      description={
        waiting + running === 0 ? "Empty: nothing is waiting to be made" : "Prompts and images being made"
      }
    >
      <DefinitionList
        columns={3}
        items={[
          { term: "Waiting", value: formatNumber(waiting) },
          { term: "Running", value: formatNumber(running) },
          {
            term: "Failed",
            value:
              failed > 0 ? (
                <span className="font-semibold text-danger-ink">{formatNumber(failed)}</span>
              ) : (
                "0"
              ),
          },
        ]}
      />
    </Card>
  );
}
