import { type ReactNode, useRef } from "react";
import { NavLink } from "react-router";
import { cx } from "./cx.ts";
import { useActiveInView } from "./use-active-in-view.ts";

export interface Tab {
  to: string;
  label: ReactNode;
  /** Match the path exactly (the index tab). */
  end?: boolean;
  /** Number in a chip; 0 is shown too. */
  count?: number;
}

/** Sub-pages of one thing, as links. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const row = useRef<HTMLElement>(null);
  useActiveInView(row);
  return (
    <nav ref={row} aria-label={label} className="mb-6 overflow-x-auto border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink
              to={tab.to}
              end={tab.end}
              className={({ isActive }) =>
                cx(
                  "-mb-px flex items-center gap-2 border-b-2 px-3 py-2 font-medium whitespace-nowrap outline-offset-[-2px]",
                  isActive ? "border-accent text-text" : "border-transparent text-muted hover:text-text",
                )
              }
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="rounded-full bg-sunken px-1.5 text-xs text-muted tabular-nums">
                  {tab.count}
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
