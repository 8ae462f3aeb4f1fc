import { Link } from "react-router";
import { cx } from "../../components/cx.ts";
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
                  to={`?turn=${number}`}
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
      <p className="text-sm text-muted max-sm:hidden">
        <kbd className="rounded-sm border px-1 font-sans text-xs">←</kbd>{" "}
        <kbd className="rounded-sm border px-1 font-sans text-xs">→</kbd> go through the turns
      </p>
    </nav>
  );
}
