import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { cx } from "./cx.ts";

export interface Step {
  key: string;
  /** Short mark inside the circle: "1". */
  mark: ReactNode;
  /** Full name, read out: "Turn 1". */
  label: string;
  state: "done" | "current" | "todo";
  /** Where the step can be visited. */
  to?: string;
  /** Small note, such as the number of answers that are missing. */
  note?: string;
}

/** Where one stands in a sequence: circles on a line. */
export function Stepper({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <nav aria-label={label}>
      <ol className="flex items-center gap-1.5">
        {steps.map((step, i) => (
          <li key={step.key} className="flex items-center gap-1.5">
            {i > 0 && (
              <span
                aria-hidden="true"
                className={cx("h-px w-3", step.state === "todo" ? "bg-border" : "bg-accent")}
              />
            )}
            <StepMark step={step} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepMark({ step }: { step: Step }) {
  const classes = cx(
    "relative flex h-7 min-w-7 items-center justify-center rounded-full px-1.5 text-sm font-semibold tabular-nums",
    step.state === "current" && "bg-accent text-on-accent",
    step.state === "done" && "bg-accent-soft text-accent-ink",
    step.state === "todo" && "bg-sunken text-muted",
    step.to && step.state !== "current" && "hover:ring-2 hover:ring-accent",
  );
  const content = (
    <>
      <span className="sr-only">
        {step.label}
        {step.state === "done" ? ", done" : ""}
        {step.note ? `, ${step.note}` : ""}
      </span>
      <span aria-hidden="true">{step.mark}</span>
      {step.state === "done" && (
        <span
          aria-hidden="true"
          className="absolute -top-1 -right-1 flex size-3.5 items-center justify-center rounded-full bg-accent text-on-accent"
        >
          <Check className="size-2.5" strokeWidth={4} />
        </span>
      )}
    </>
  );
  const current = step.state === "current" ? "step" : undefined;
  return step.to ? (
    <Link to={step.to} aria-current={current} className={classes}>
      {content}
    </Link>
  ) : (
    <span aria-current={current} className={classes}>
      {content}
    </span>
  );
}
