import { Link, useSearchParams } from "react-router";
import { cx } from "../../components/cx.ts";
import { KeysHelp } from "../../components/keys-help.tsx";
import type { ReplayTurn } from "../../domain/staff-views.ts";

/** The turns as links; those that never came are shown as such. */
export function TurnTabs({
  turns,
  horizon,
  current,
}: {
  turns: ReplayTurn[];
  horizon: number;
  current: number;
}) {
  const [params] = useSearchParams();
  return (
    <nav aria-label="Turns" className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <ol className="flex flex-wrap gap-1">
        {Array.from({ length: Math.max(horizon, turns.length) }, (_, i) => {
          const number = i + 1;
          const turn = turns.find((t) => t.turnNumber === number);
          return (
            <li key={number}>
              {turn ? (
                <Link
                  to={turnSearch(params, number)}
                  replace
                  preventScrollReset
                  // Everything is here already: no loader has to run.
                  defaultShouldRevalidate={false}
                  aria-current={number === current ? "step" : undefined}
                  className={cx(
                    "block rounded-md px-3 py-1.5 text-sm font-medium tabular-nums",
                    number === current
                      ? "bg-accent text-on-accent"
                      : "bg-surface text-text ring-1 ring-inset ring-border hover:bg-sunken",
                  )}
                >
                  Turn {number}
                </Link>
              ) : (
                <span className="block rounded-md border border-dashed px-3 py-1.5 text-sm text-muted tabular-nums">
                  Turn {number}
                  <span className="sr-only"> was not reached</span>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <KeysHelp
        keys={[
          { keys: ["←", "→"], does: "go through the turns" },
          { keys: ["n", "p"], does: "next and previous trajectory" },
        ]}
      />
    </nav>
  );
}

/** The address of a turn: everything else in it stays. */
export function turnSearch(params: URLSearchParams, turnNumber: number): string {
  const search = new URLSearchParams(params);
  search.set("turn", String(turnNumber));
  return `?${search}`;
}
