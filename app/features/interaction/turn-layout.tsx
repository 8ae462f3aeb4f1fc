import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { type Step, Stepper } from "../../components/stepper.tsx";
import type { TurnView } from "../../domain/rater-views.ts";

export interface TurnLayoutProps {
  view: TurnView;
  slate: ReactNode;
  /** Below the prompt in the rail; below the slate on a small screen. */
  children: ReactNode;
}

/** The slate gets the room; everything else is a rail at its right, or stands above and below it on a small screen. */
export function TurnLayout({ view, slate, children }: TurnLayoutProps) {
  const { turnNumber, horizon, initialPrompt } = view;
  const t = useTranslations("turn");
  const heading = useRef<HTMLHeadingElement>(null);

  // When waiting gives way to the slate, the heading that had the focus is replaced: hand it on.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <div className="mx-auto flex min-h-[calc(100dvh-var(--topbar))] max-w-[130rem] flex-col gap-x-7 gap-y-2 px-2 pt-2 sm:px-6 lg:grid lg:h-[calc(100dvh-var(--topbar))] lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_minmax(0,1fr)] lg:gap-y-4 lg:pt-3 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="grid gap-1 px-1 lg:col-start-2 lg:row-start-1 lg:gap-3 lg:pt-2">
        <div className="flex items-center justify-between gap-3">
          <h1
            ref={heading}
            tabIndex={-1}
            className="text-lg font-semibold tracking-tight whitespace-nowrap lg:text-xl"
          >
            {t("heading", { turn: turnNumber, turns: horizon })}
          </h1>
          {horizon <= 8 && (
            <Stepper label={t("turns")} steps={stepsOf(view, (turn) => t("turn", { turn }))} />
          )}
        </div>
        <div className="lg:rounded-lg lg:border lg:bg-surface lg:px-4 lg:py-3">
          <p className="text-xs text-muted max-lg:sr-only">{t("yourPrompt")}</p>
          <p className="font-medium text-pretty max-lg:text-sm">{initialPrompt}</p>
        </div>
      </div>
      <div className="@container flex min-w-0 justify-center lg:col-start-1 lg:row-span-2 lg:row-start-1">
        {slate}
      </div>
      <div className="flex min-w-0 flex-1 flex-col lg:col-start-2 lg:row-start-2 lg:block lg:overflow-y-auto lg:pb-3">
        {children}
      </div>
    </div>
  );
}

function stepsOf({ turnNumber, horizon, chosenTurns }: TurnView, nameOf: (turn: number) => string): Step[] {
  return Array.from({ length: horizon }, (_, i) => {
    const number = i + 1;
    const state = number === turnNumber ? "current" : number <= chosenTurns ? "done" : "todo";
    return { key: String(number), mark: number, label: nameOf(number), state };
  });
}
