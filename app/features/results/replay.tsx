import { useEffect } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import type { ReplayView } from "../../domain/staff-views.ts";
import { EventLog } from "./event-log.tsx";
import { ReplayFacts } from "./replay-facts.tsx";
import { ReplayTurn } from "./replay-turn.tsx";
import { TurnTabs, turnSearch } from "./turn-tabs.tsx";

/** One trajectory turn by turn; the turn stands in the address (`?turn=3`), and ← and → go through the turns. */
export function Replay({ replay }: { replay: ReplayView }) {
  const [params] = useSearchParams();
  const numbers = replay.turns.map((turn) => turn.turnNumber);
  const asked = Number(params.get("turn"));
  const current = replay.turns.find((turn) => turn.turnNumber === asked) ?? replay.turns[0];
  useArrowKeys(numbers, current?.turnNumber, params);
  return (
    <div className="grid grid-cols-1 gap-5">
      {replay.armsHidden && (
        <Alert title="Replaying can unblind you">
          The arm's name, agent and model are left out, but the expanded prompts and candidates below can tell
          which arm this is. The audit log has your look.
        </Alert>
      )}
      <ReplayFacts replay={replay} />
      {current ? (
        <>
          <TurnTabs turns={replay.turns} horizon={replay.horizon} current={current.turnNumber} />
          <ReplayTurn key={current.turnNumber} turn={current} />
        </>
      ) : (
        <Card>
          <EmptyState title="No turns yet">
            The rater has not submitted a prompt, so nothing was generated.
          </EmptyState>
        </Card>
      )}
      <EventLog events={replay.events} startedAtMs={replay.startedAtMs} />
    </div>
  );
}

/** Where arrow keys belong to the page, not to a control or a box that scrolls. */
const KEEPS_ARROWS = "input, select, textarea, [contenteditable], dialog, [tabindex='0']";

function useArrowKeys(numbers: number[], current: number | undefined, params: URLSearchParams) {
  const navigate = useNavigate();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || current === undefined) return;
      if (event.target instanceof Element && event.target.closest(KEEPS_ARROWS)) return;
      const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
      const next = numbers[numbers.indexOf(current) + step];
      if (step === 0 || next === undefined) return;
      event.preventDefault();
      void navigate(turnSearch(params, next), {
        replace: true,
        preventScrollReset: true,
        defaultShouldRevalidate: false,
      });
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [numbers, current, params, navigate]);
}
