import { ArrowRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { phasePath } from "../../domain/paths.ts";
import type { InstructionsView } from "../../domain/rater-views.ts";
import { ExampleSlate } from "../onboarding/example-slate.tsx";
import { SetupSteps } from "../onboarding/setup-steps.tsx";

export interface InstructionsPageProps {
  view: InstructionsView;
  submissionId: string;
  error: string | null;
}

/** The paper's rules (B.1, B.2), short enough to be read. */
export function InstructionsPage({ view, submissionId, error }: InstructionsPageProps) {
  const t = useTranslations("session.instructions");
  const tExamples = useTranslations("session.examples");
  const [id] = useState(submissionId);
  const pending = useNavigation().state !== "idle";
  const { horizon, columnCount, imagesPerColumn } = view;
  const isFirstReading = view.phase === "instructions";
  return (
    <div className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <SetupSteps view={view} page="instructions" />
      <PageHeader title={t("title")} description={view.studyName} />
      {error && <Alert tone="danger">{error}</Alert>}
      {view.adultContentNotice && (
        <div className="mb-6">
          <Alert tone="warning" title={t("adultTitle")} live={false}>
            {t("adult")}
          </Alert>
        </div>
      )}
      {view.welcomeText && <p className="mb-6 whitespace-pre-line">{view.welcomeText}</p>}
      <ol className="grid gap-4">
        <Rule number={1} title={t("describe.title", { max: view.initialPromptMaxWords })}>
          <p>{t("describe.text")}</p>
          <dl className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">
            <Example good text={tExamples("temple")} note={t("describe.good")} />
            <Example text={t("describe.badExample")} note={t("describe.bad")} />
          </dl>
        </Rule>
        <Rule number={2} title={t("choose.title", { turns: horizon })}>
          <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
            <p className="min-w-56 flex-1">
              {t.rich("choose.text", {
                images: columnCount * imagesPerColumn,
                columns: columnCount,
                b: (chunks) => <strong>{chunks}</strong>,
              })}
            </p>
            <ExampleSlate />
          </div>
        </Rule>
        <Rule number={3} title={t("change.title")}>
          <p>{t("change.text", { max: view.critiqueMaxWords })}</p>
        </Rule>
        <Rule number={4} title={t("rate.title")}>
          <p>{t("rate.text")}</p>
          <ul className="mt-1.5 grid list-disc gap-0.5 pl-5">
            {(["q1", "q2", "q3", "q4", "q5"] as const).map((question) => (
              <li key={question}>{t(`rate.${question}`)}</li>
            ))}
          </ul>
          <p className="mt-1.5">{t("rate.noRight")}</p>
        </Rule>
      </ol>
      <div className="mt-6 flex flex-wrap items-center justify-between gap-4">
        <p className="text-sm text-muted">{t("saved")}</p>
        {isFirstReading ? (
          <Form method="post">
            <input type="hidden" name="submissionId" value={id} />
            <Button type="submit" variant="primary" size="lg" pending={pending}>
              {t("begin")}
              <ArrowRight aria-hidden="true" className="size-4" />
            </Button>
          </Form>
        ) : (
          <ButtonLink to={phasePath(view)} variant="primary" size="lg">
            {t("back")}
          </ButtonLink>
        )}
      </div>
    </div>
  );
}

function Rule({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)] rounded-lg border bg-surface px-4 py-4 shadow-card sm:px-5">
      <span aria-hidden="true" className="font-semibold text-accent-ink tabular-nums">
        {number}
      </span>
      <div>
        <h2 className="mb-1 font-semibold">{title}</h2>
        <div className="text-muted [&_strong]:text-text">{children}</div>
      </div>
    </li>
  );
}

function Example({ good = false, text, note }: { good?: boolean; text: string; note: string }) {
  const t = useTranslations("session");
  return (
    <div className="flex flex-col">
      <dt className={good ? "text-sm font-medium text-success-ink" : "text-sm font-medium text-danger-ink"}>
        {good ? "✓ " : "✗ "}
        {note}
      </dt>
      <dd className="text-text">{t("quoted", { text })}</dd>
    </div>
  );
}
