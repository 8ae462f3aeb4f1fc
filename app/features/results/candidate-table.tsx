import { Check } from "lucide-react";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import type { ReplayTurn } from "../../domain/staff-views.ts";
import { formatShare } from "./replay-facts.tsx";

/** What the generator proposed and what the selector made of it. */
export function CandidateTable({ turn }: { turn: ReplayTurn }) {
  const { candidates, columns } = turn;
  if (candidates.length === 0) return null;
  const labels = new Map(columns.map((column) => [column.prompt, column.label]));
  const picked = candidates.filter((c) => c.inSlate).length;
  return (
    <Card
      title="Candidates"
      description={`${plural(candidates.length, "prompt")} proposed, ${picked} shown as columns${fallbackNote(turn)}`}
      padded={false}
    >
      <Table
        caption="Candidates"
        maxHeight="max-h-112"
        head={
          <>
            <Th numeric>#</Th>
            <Th>Prompt</Th>
            <Th>Category</Th>
            <Th>Shown</Th>
            <Th numeric>Score</Th>
            <Th numeric>Propensity</Th>
          </>
        }
      >
        {candidates.map((candidate) => (
          <tr key={candidate.candidateIndex} className={candidate.inSlate ? "bg-accent-soft/60" : undefined}>
            <Td numeric className="text-muted">
              {candidate.candidateIndex}
            </Td>
            <Td rowHeader className="min-w-72">
              {candidate.prompt}
            </Td>
            <Td className="whitespace-nowrap text-muted">{candidate.category}</Td>
            <Td className="whitespace-nowrap">
              {candidate.inSlate && (
                <Badge tone="accent">
                  <Check aria-hidden="true" className="size-3.5" strokeWidth={3} />
                  {labels.has(candidate.prompt) ? `Column ${labels.get(candidate.prompt)}` : "Yes"}
                </Badge>
              )}
            </Td>
            <Td numeric>{candidate.selectorScore === null ? "–" : formatShare(candidate.selectorScore)}</Td>
            <Td numeric>{candidate.propensity === null ? "–" : formatShare(candidate.propensity)}</Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

/** Scores and propensities are those of the policy that decided. */
function fallbackNote({ selectorFallback }: ReplayTurn): string {
  if (selectorFallback === null) return "";
  const { selector, fault } = selectorFallback;
  return `. The arm's selector failed (${fault.replaceAll("_", " ")}), so “${selector}” chose.`;
}
