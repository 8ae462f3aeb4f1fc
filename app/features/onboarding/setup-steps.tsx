import { Check } from "lucide-react";
import { useTranslations } from "use-intl";
import { cx } from "../../components/cx.ts";
import type { Phase } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";

const SETUP_STEPS = ["consent", "about_you", "instructions", "practice", "prompt"] as const;

function isSetupStep(phase: Phase): phase is (typeof SETUP_STEPS)[number] {
  return (SETUP_STEPS as readonly Phase[]).includes(phase);
}

/** What comes before the first images, and where the rater stands in it. */
export function SetupSteps({ view, page }: { view: SessionHeader; page: Phase }) {
  const t = useTranslations("onboarding.steps");
  const steps = view.phases.filter(isSetupStep);
  const at = (steps as Phase[]).indexOf(page);
  if (steps.length < 3 || at < 0) return null;
  return (
    <nav aria-label={t("label")} className="mb-5">
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
              {t(phase)}
              {i < at && <span className="sr-only"> {t("done")}</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
