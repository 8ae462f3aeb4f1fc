import { StatusBadge } from "../../components/badge.tsx";
import { formatDuration } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import type { ReplayTurn } from "../../domain/staff-views.ts";
import { Disclosure } from "./disclosure.tsx";

const KINDS = { propose: "Propose prompts", render: "Make an image" } as const;

/** The durable steps that made a turn; folded away unless one failed. */
export function StepTable({ steps }: { steps: ReplayTurn["steps"] }) {
  if (steps.length === 0) return null;
  const failed = steps.filter((step) => step.status === "failed").length;
  const retried = steps.filter((step) => step.attempts > 1).length;
  return (
    <Disclosure
      title="Generation steps"
      note={`${steps.length} steps, ${failed} failed, ${retried} with more than one attempt`}
      open={failed > 0}
    >
      <Table
        caption="Generation steps"
        maxHeight="max-h-112"
        head={
          <>
            <Th>Step</Th>
            <Th>Status</Th>
            <Th numeric>Attempts</Th>
            <Th numeric>Took</Th>
            <Th>Error</Th>
          </>
        }
      >
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own; the list never reorders.
          <tr key={i}>
            <Td rowHeader>{KINDS[step.kind]}</Td>
            <Td>
              <StatusBadge status={step.status} />
            </Td>
            <Td numeric>{step.attempts}</Td>
            <Td numeric>{step.durationMs === null ? "–" : formatDuration(step.durationMs)}</Td>
            <Td className="break-words text-muted">{step.error ?? ""}</Td>
          </tr>
        ))}
      </Table>
    </Disclosure>
  );
}
