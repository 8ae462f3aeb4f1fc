import { Alert } from "../../components/alert.tsx";
import { Card } from "../../components/card.tsx";
import { formatAgo, formatNumber, plural } from "../../components/format.ts";
import { FAULT_ADVICE, type StudyFaultsView } from "../../domain/health-views.ts";
import type { TurnFailure } from "../../domain/turn.ts";
import { FAULT_NAMES, moneyText } from "./health-text.ts";

const FAILED: Record<TurnFailure, string> = {
  fault: "gave up after faults of a model or the storage",
  deadline: "were not ready by their deadline",
  blocked: "were stopped by a safety filter",
  spend_cap: "wait because the spending limit is reached",
  cancelled: "were stopped because the rater left",
};

/** What went wrong with this study's slates, and what they cost. */
export function FaultsCard({ faults, nowMs }: { faults: StudyFaultsView; nowMs: number }) {
  const { failedTurns, latest, spendCapCents, spentMicros, blocks } = faults;
  const capReached = spendCapCents !== null && spentMicros >= spendCapCents * 10_000;
  const isCalm = faults.faults.length === 0 && failedTurns.length === 0 && blocks === 0;
  return (
    <Card title="Faults and spending" description="Of this study's models, in the last 24 hours">
      <div className="grid gap-3 text-sm">
        {capReached && (
          <Alert tone="warning" title="The spending limit is reached" live={false}>
            No new slates are made. Raters read that the study is taking a break. Raise the limit in the
            settings and publish them to go on; waiting raters then only have to try again.
          </Alert>
        )}
        <p>
          {(spentMicros > 0 || spendCapCents !== null) && (
            <>
              Spent {moneyText(spentMicros)}
              {spendCapCents !== null && ` of ${moneyText(spendCapCents * 10_000)}`} so far.{" "}
            </>
          )}
          {isCalm && `${plural(faults.calls, "call")}, no faults.`}
        </p>
        {faults.faults.length > 0 && (
          <ul className="grid gap-1">
            {faults.faults.map(({ provider, fault, n }) => (
              <li key={`${provider} ${fault}`}>
                <span className="font-medium">
                  {provider}: {FAULT_NAMES[fault]} × {formatNumber(n)}
                </span>{" "}
                <span className="text-muted">({FAULT_ADVICE[fault]})</span>
              </li>
            ))}
          </ul>
        )}
        {failedTurns.map(({ kind, n }) => (
          <p key={kind}>
            {plural(n, "turn")} {FAILED[kind]}; the rater can try again.
          </p>
        ))}
        {blocks > 0 && <p>{plural(blocks, "text or image", "texts or images")} stopped by safety filters.</p>}
        {latest && (
          <p className="break-words text-muted">
            Latest failure, {formatAgo(latest.atMs, nowMs)}: {latest.message}
          </p>
        )}
      </div>
    </Card>
  );
}
