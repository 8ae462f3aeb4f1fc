import { StatusBadge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { formatDuration } from "../../components/format.ts";
import { Time } from "../../components/time.tsx";
import type { ReplayView } from "../../domain/staff-views.ts";
import { phaseText } from "../console/phase-text.ts";

/** What is known about the whole trajectory. */
export function ReplayFacts({ replay }: { replay: ReplayView }) {
  const chosenTurns = replay.turns.filter((turn) => turn.chosenAtMs !== null).length;
  const took = replay.completedAtMs === null ? null : replay.completedAtMs - replay.startedAtMs;
  const missing = replay.armsHidden ? "Hidden until the analysis is unlocked" : "–";
  return (
    <Card>
      <DefinitionList
        columns={3}
        items={[
          {
            term: "Status",
            value: (
              <span className="flex flex-wrap items-center gap-2">
                <StatusBadge status={replay.status} />
                <span className="text-muted">{phaseText({ ...replay, chosenTurns })}</span>
              </span>
            ),
          },
          { term: "Source", value: replay.source === "simulated" ? "Simulated" : "Human" },
          {
            term: "Started",
            value: (
              <>
                <Time atMs={replay.startedAtMs} />
                {took !== null && <span className="text-muted"> · took {formatDuration(took)}</span>}
              </>
            ),
          },
          {
            term: "Arm",
            value: replay.armLabel
              ? `${replay.armLabel}${replay.armProbability === null ? "" : ` (probability ${formatShare(replay.armProbability)})`}`
              : "Not drawn yet",
          },
          {
            term: "Agent",
            value: replay.agentVersion ? <Code>{replay.agentVersion}</Code> : missing,
          },
          { term: "Text-to-image model", value: replay.t2iModel ? <Code>{replay.t2iModel}</Code> : missing },
          { term: "Study version", value: replay.studyVersion },
          { term: "Rater", value: <Code>{replay.raterId}</Code> },
          { term: "Trajectory", value: <Code>{replay.trajectoryId}</Code> },
        ]}
      />
    </Card>
  );
}

function Code({ children }: { children: string }) {
  return <span className="font-mono text-xs break-all">{children}</span>;
}

/** A probability with the digits that matter: 0.5, 0.333. */
export function formatShare(share: number): string {
  return String(Math.round(share * 1000) / 1000);
}
