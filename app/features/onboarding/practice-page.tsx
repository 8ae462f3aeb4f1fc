import { ArrowRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PRACTICE_BEST, PRACTICE_PROMPT, type PracticeVerdict } from "../../domain/practice.ts";
import type { PracticeView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import { useImageName } from "../rater/image-name.ts";
import type { FormFailure } from "../rater/offline-failure.ts";
import { Slate } from "../rater/slate.tsx";
import { fixedPicturePath, fixedSlate } from "./fixed-slate.ts";
import { PracticeScales } from "./practice-scales.tsx";
import { SetupSteps } from "./setup-steps.tsx";

export interface PracticePageProps {
  view: PracticeView;
  /** For the form that asks whether a column is right, new for each try. */
  tryId: string;
  finishId: string;
  verdict: PracticeVerdict | null;
  error: FormFailure["error"] | null;
}

const COLUMNS = fixedSlate("slate");

/** A turn that does not count: select a column of fixed pictures, and read why it is or is not the answer. */
export function PracticePage({ view, tryId, finishId, verdict, error }: PracticePageProps) {
  const [finish] = useState(finishId);
  const intent = useNavigation().formData?.get("intent");
  const feedback = useRef<HTMLDivElement>(null);
  const general = error && Object.keys(error.fields).length === 0 ? error : null;

  useEffect(() => {
    if (verdict) feedback.current?.focus();
  }, [verdict]);

  return (
    <div className="mx-auto max-w-5xl px-4 py-8 sm:px-6">
      <SetupSteps view={view} page="practice" />
      <PageHeader
        title="A practice turn"
        description={
          <>
            Somebody asked for <strong className="text-text">“{PRACTICE_PROMPT}”</strong>. Which column holds
            the best single image? Nothing here counts, and you can try as often as you like.
          </>
        }
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Form method="post" preventScrollReset className="@container min-w-0">
          <input type="hidden" name="submissionId" value={tryId} />
          <PracticeSlate verdict={verdict} />
          <div className="mt-3 grid gap-2">
            {error?.fields.column && <FieldError>{error.fields.column}</FieldError>}
            <Button
              type="submit"
              name="intent"
              value="try"
              variant={verdict?.right ? "secondary" : "primary"}
              size="lg"
              pending={intent === "try"}
              className="w-fit"
            >
              {verdict ? "Check another column" : "Check my column"}
            </Button>
          </div>
        </Form>
        <div className="grid content-start gap-4">
          {general && (
            <Alert tone="danger">
              <FailureText error={general} />
            </Alert>
          )}
          <div role="status">
            {verdict ? (
              <Alert
                ref={feedback}
                live={false}
                tone={verdict.right ? "success" : "info"}
                title={
                  verdict.right
                    ? `Yes, column ${verdict.column}`
                    : `Column ${verdict.column} is not the one: look again`
                }
              >
                <p>{verdict.lesson}</p>
                {!verdict.right && (
                  <p className="mt-1.5">
                    Find the best of all sixteen images first. The column that it stands in is the answer.
                  </p>
                )}
              </Alert>
            ) : (
              <Rule />
            )}
          </div>
          {verdict?.right && <Rule />}
          <Form method="post">
            <input type="hidden" name="submissionId" value={finish} />
            <Button
              type="submit"
              name="intent"
              value="finish"
              variant={verdict?.right ? "primary" : "secondary"}
              size="lg"
              pending={intent === "finish"}
              className="w-full"
            >
              {verdict?.right ? "Go on to your prompt" : "Skip the practice"}
              <ArrowRight aria-hidden="true" className="size-4" />
            </Button>
          </Form>
        </div>
      </div>
      <PracticeScales />
    </div>
  );
}

function Rule(): ReactNode {
  return (
    <div className="rounded-lg border bg-surface px-4 py-3 text-sm shadow-card">
      <p className="font-semibold">Judge by the best image</p>
      <p className="text-muted">
        Compare the best image of each column, not the columns on average. If 2A is the best of all, select
        column 2, even if 2B, 2C and 2D are weak.
      </p>
    </div>
  );
}

function PracticeSlate({ verdict }: { verdict: PracticeVerdict | null }) {
  const nameOf = useImageName();
  return (
    <Slate
      columns={COLUMNS}
      imagesPerColumn={4}
      columnClassName={() =>
        "border-transparent has-checked:border-accent has-checked:bg-accent-soft sm:not-has-checked:hover:border-border sm:not-has-checked:hover:bg-surface"
      }
      renderHeader={(column) => (
        <label className="flex h-full w-full items-center justify-center gap-1 font-semibold group-has-checked/column:text-accent-ink sm:stretched sm:gap-2">
          <input
            type="radio"
            name="column"
            value={column.label}
            defaultChecked={verdict?.column === Number(column.label)}
            aria-label={`Column ${column.label}`}
            className="size-4 shrink-0"
          />
          <span className="tabular-nums">{column.label}</span>
        </label>
      )}
      renderImage={(image) => (
        <>
          <img
            src={fixedPicturePath(image.imageId)}
            alt={nameOf(image.label)}
            width={288}
            height={288}
            draggable={false}
            className="size-full object-cover"
          />
          {verdict?.right && image.label === PRACTICE_BEST.image && (
            <span className="absolute top-1 left-1 rounded-full bg-accent px-2 py-0.5 text-xs font-semibold whitespace-nowrap text-on-accent">
              Best<span className="max-sm:sr-only"> of 16</span>
            </span>
          )}
        </>
      )}
    />
  );
}
