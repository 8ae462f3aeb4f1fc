import { Alert } from "../../components/alert.tsx";
import { StatusBadge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { type Definition, DefinitionList } from "../../components/definition-list.tsx";
import { formatDuration } from "../../components/format.ts";
import type { ReplayTurn as Turn } from "../../domain/staff-views.ts";
import { CandidateTable } from "./candidate-table.tsx";
import { ReplaySlate } from "./replay-slate.tsx";
import { StepTable } from "./step-table.tsx";

const VS_PREVIOUS: Record<string, string> = {
  better: "Better than the turn before",
  same: "About the same as the turn before",
  worse: "Worse than the turn before",
};

/** Everything about one turn: what was shown, what the rater did, and how it came about. */
export function ReplayTurn({ turn }: { turn: Turn }) {
  return (
    <section aria-label={`Turn ${turn.turnNumber}`} className="grid grid-cols-1 gap-5">
      <h2 className="sr-only">Turn {turn.turnNumber}</h2>
      {turn.failure && (
        <Alert tone="danger" title="Making this turn failed" live={false}>
          {turn.failure}
        </Alert>
      )}
      <ReplaySlate turn={turn} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <Card title="What the rater said">
          <DefinitionList items={answersOf(turn)} />
        </Card>
        <Card title="Times">
          <DefinitionList columns={2} items={timesOf(turn)} />
        </Card>
      </div>
      <CandidateTable turn={turn} />
      <StepTable steps={turn.steps} />
    </section>
  );
}

const NONE = <span className="text-muted">None</span>;

function answersOf(turn: Turn): Definition[] {
  const chosen = turn.columns.find((c) => c.chosen);
  const confirmed = turn.columns.find((c) => c.confirmed);
  return [
    { term: "Chosen column", value: chosen ? `Column ${chosen.label}` : NONE },
    { term: "Critique", value: turn.critique ? `“${turn.critique}”` : NONE },
    {
      term: "Confirmed in the evaluation",
      value: confirmed
        ? `Column ${confirmed.label}${chosen && confirmed !== chosen ? " (changed)" : ""}`
        : NONE,
    },
    {
      term: "Rationale",
      value: turn.rationale ? <span className="whitespace-pre-wrap">{turn.rationale}</span> : NONE,
    },
    ...(turn.turnIndex > 0
      ? [
          {
            term: "Compared with the turn before",
            value: turn.vsPrevious ? (VS_PREVIOUS[turn.vsPrevious] ?? turn.vsPrevious) : NONE,
          },
        ]
      : []),
    {
      term: "Satisfaction with the turn",
      value: turn.turnSatisfaction === null ? NONE : `${turn.turnSatisfaction} of 5`,
    },
  ];
}

function timesOf(turn: Turn): Definition[] {
  const between = (from: number | null, to: number | null) =>
    from === null || to === null ? "–" : formatDuration(Math.max(0, to - from));
  return [
    { term: "Status", value: <StatusBadge status={turn.status} /> },
    { term: "Made in", value: between(turn.requestedAtMs, turn.readyAtMs) },
    { term: "Ready until shown", value: between(turn.readyAtMs, turn.shownAtMs) },
    { term: "Shown until chosen", value: between(turn.shownAtMs, turn.chosenAtMs) },
    { term: "Word limit of expansions", value: turn.wordLimit },
  ];
}
