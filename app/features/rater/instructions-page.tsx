import { ArrowRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form, useNavigation } from "react-router";
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
  const [id] = useState(submissionId);
  const pending = useNavigation().state !== "idle";
  const { horizon, columnCount, imagesPerColumn } = view;
  const isFirstReading = view.phase === "instructions";
  return (
    <div className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <SetupSteps view={view} page="instructions" />
      <PageHeader title="How it works" description={view.studyName} />
      {error && <Alert tone="danger">{error}</Alert>}
      {view.adultContentNotice && (
        <div className="mb-6">
          <Alert tone="warning" title="Images may show adult or disturbing content" live={false}>
            The images are made by a machine and can turn out sexual, violent or otherwise disturbing. You can
            hide or report any image, and you can give the task back at any time without a penalty.
          </Alert>
        </div>
      )}
      {view.welcomeText && <p className="mb-6 whitespace-pre-line">{view.welcomeText}</p>}
      <ol className="grid gap-4">
        <Rule
          number={1}
          title={`Describe what you want to see, in at most ${view.initialPromptMaxWords} words`}
        >
          <p>
            One specific thing that you would really like to see. You refine it later, so not everything has
            to fit.
          </p>
          <dl className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">
            <Example good text="An ancient Egyptian temple with hieroglyphs" note="Descriptive" />
            <Example text="a temple" note="Too generic" />
          </dl>
        </Rule>
        <Rule number={2} title={`In each of ${horizon} turns, choose the column with the best single image`}>
          <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
            <p className="min-w-56 flex-1">
              You see {columnCount * imagesPerColumn} images in {columnCount} columns. Find the one image that
              you like best: good in itself, and close to what you asked for. Its column is your choice. If{" "}
              <strong>2A</strong> is the best of the {columnCount * imagesPerColumn}, select column{" "}
              <strong>2</strong>, even if the rest of that column is weaker.
            </p>
            <ExampleSlate />
          </div>
        </Rule>
        <Rule number={3} title="Say what to change, if you like">
          <p>
            A remark of at most {view.critiqueMaxWords} words on style, composition, colour or content, such
            as “Add more color”. It steers the next turn. Don’t change your original idea: someone who asked
            for a temple shouldn’t ask for a car.
          </p>
        </Rule>
        <Rule number={4} title="Then rate every turn">
          <p>
            After the last turn you press “Enter rater mode” and answer the same questions about each turn:
          </p>
          <ul className="mt-1.5 grid list-disc gap-0.5 pl-5">
            <li>Which column do you prefer?</li>
            <li>How satisfied are you with each column, judged by its best image?</li>
            <li>Why did you select your column?</li>
            <li>Is this turn better than, about the same as, or worse than the one before?</li>
            <li>How satisfied are you with all images of the turn?</li>
          </ul>
          <p className="mt-1.5">
            There are no right answers. A remark is sometimes not followed; don’t judge the images by that.
          </p>
        </Rule>
      </ol>
      <div className="mt-6 flex flex-wrap items-center justify-between gap-4">
        <p className="text-sm text-muted">
          Everything is saved as you go. You can stop at any time and come back.
        </p>
        {isFirstReading ? (
          <Form method="post">
            <input type="hidden" name="submissionId" value={id} />
            <Button type="submit" variant="primary" size="lg" pending={pending}>
              I understand, begin
              <ArrowRight aria-hidden="true" className="size-4" />
            </Button>
          </Form>
        ) : (
          <ButtonLink to={phasePath(view)} variant="primary" size="lg">
            Back to where you were
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
  return (
    <div className="flex flex-col">
      <dt className={good ? "text-sm font-medium text-success-ink" : "text-sm font-medium text-danger-ink"}>
        {good ? "✓ " : "✗ "}
        {note}
      </dt>
      <dd className="text-text">“{text}”</dd>
    </div>
  );
}
