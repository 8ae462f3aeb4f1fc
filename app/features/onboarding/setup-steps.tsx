import { Check } from "lucide-react";
import { cx } from "../../components/cx.ts";
import type { Phase } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";

const LABELS: Partial<Record<Phase, string>> = {
  consent: "Consent",
  about_you: "About you",
  instructions: "How it works",
  practice: "Practice",
  prompt: "Your prompt",
};

/** What comes before the first images, and where the rater stands in it. */
export function SetupSteps({ view, page }: { view: SessionHeader; page: Phase }) {
  const steps = view.phases.filter((phase) => phase in LABELS);
  const at = steps.indexOf(page);
  if (steps.length < 3 || at < 0) return null;
  return (
    <nav aria-label="Steps before the first images" className="mb-5">
      <ol className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        {steps.map((phase, i) => (
          <li
            key={phase}
            aria-current={i === at ? "step" : undefined}
            className={cx(
              "flex items-center gap-1.5",
              i === at ? "font-semibold text-text" : "text-muted",
              i !== at && "max-sm:[&>.label]:sr-only",
            )}
          >
            <span
              aria-hidden="true"
              className={cx(
                "flex size-5 items-center justify-center rounded-full text-xs font-semibold tabular-nums",
                i === at
                  ? "bg-accent text-on-accent"
                  : i < at
                    ? "bg-accent-soft text-accent-ink"
                    : "bg-sunken text-muted",
              )}
            >
              {i < at ? <Check className="size-3" strokeWidth={3} /> : i + 1}
            </span>
            <span className="label">
              {LABELS[phase]}
              {i < at && <span className="sr-only"> (done)</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
