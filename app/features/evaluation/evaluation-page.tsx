import { ArrowLeft, ArrowRight, ListChecks } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Form, useLocation, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { plural } from "../../components/format.ts";
import { TextArea } from "../../components/inputs.tsx";
import { Stepper } from "../../components/stepper.tsx";
import { WordCounter } from "../../components/word-counter.tsx";
import { evaluationField } from "../../domain/answer-field.ts";
import { missingAnswers, type TurnAnswers } from "../../domain/evaluation.ts";
import { digitOf } from "../../domain/key-press.ts";
import { paths } from "../../domain/paths.ts";
import type { EvaluationView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import type { FormFailure } from "../rater/offline-failure.ts";
import { ConflictPanel } from "../rater/outbox/conflict-panel.tsx";
import { type UseOutbox, useOutbox } from "../rater/outbox/use-outbox.ts";
import { SaveIndicator } from "../rater/save-indicator.tsx";
import { useWriterToken } from "../rater/tab/use-tab.ts";
import { WorkSession } from "../rater/work-session.tsx";
import { controlName, describeAnswer, evaluationFields, refusalsOf, setControl } from "./answer-controls.ts";
import { EvaluationSlate } from "./evaluation-slate.tsx";
import { Question } from "./question.tsx";
import { readAnswers } from "./read-answers.ts";
import { Scale } from "./scale.tsx";
import { VersusPrevious } from "./versus-previous.tsx";

export interface EvaluationPageProps {
  view: EvaluationView;
  error: FormFailure["error"] | null;
}

/** The five questions about one turn (paper B.2), all on one page with its slate. */
export function EvaluationPage({ view, error }: EvaluationPageProps) {
  const { turnNumber, horizon, columns, rationaleMinWords } = view;
  const form = useRef<HTMLFormElement>(null);
  const [answers, setAnswers] = useState<TurnAnswers>(view.answers);
  const columnIds = columns.map((column) => column.columnId);
  const fields = evaluationFields(turnNumber, columnIds);
  const outbox = useOutbox(view.assignmentId, view.saved, fields, show);
  const writerToken = useWriterToken(view.assignmentId);
  const navigation = useNavigation();
  const going = navigation.formData?.get("intent");
  const missing = missingAnswers(answers, columnIds, rationaleMinWords);
  const isAnswered = (question: string) => !missing.some((m) => m.question === question);
  // Saved after signing in again: what the page said before is no longer so.
  const isOver = error?.code === "SIGN_IN_NEEDED" && outbox.state === "saved";
  const failure = isOver ? null : error;
  const fieldErrors = { ...error?.fields, ...refusalsOf(outbox.refusals) };
  useFocusOnFragment();

  function onChange(event: FormEvent<HTMLFormElement>) {
    const patch = readAnswers(new FormData(event.currentTarget));
    setAnswers((now) => ({ ...now, ...patch }));
    const { name, value } = event.target as unknown as HTMLInputElement | HTMLTextAreaElement;
    if (name !== "") outbox.change(evaluationField(turnNumber, name), value);
  }
  /** Puts a value that comes from this device, or from another one, into its control. */
  function show(field: string, value: string) {
    if (!form.current) return;
    setControl(form.current, controlName(field), value);
    const patch = readAnswers(new FormData(form.current));
    setAnswers((now) => ({ ...now, ...patch }));
  }
  const isLast = turnNumber === horizon;
  const satisfactionError = Object.entries(fieldErrors).find(([name]) =>
    name.startsWith("satisfaction:"),
  )?.[1];
  return (
    <Form
      method="post"
      ref={form}
      onChange={onChange}
      onBlur={outbox.flush}
      onKeyDown={pickByDigit}
      className="mx-auto grid max-w-[130rem] gap-x-7 gap-y-4 px-3 pt-3 pb-3 sm:px-6 lg:min-h-[calc(100dvh-var(--topbar))] lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_24rem]"
    >
      {/* Enter in a radio saves; it goes nowhere. */}
      <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden="true" className="sr-only">
        Save
      </button>
      {writerToken !== null && <input type="hidden" name="writerToken" value={writerToken} />}
      <WorkSession
        assignmentId={view.assignmentId}
        phase="evaluation"
        turnNumber={turnNumber}
        waiting={false}
      />
      <Heading view={view} missingHere={missing.length} outbox={outbox} />
      <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
        <EvaluationSlate
          view={view}
          answered={{
            confirmed: isAnswered("confirmed_column"),
            satisfactions: isAnswered("column_satisfaction"),
          }}
          fieldErrors={satisfactionError ? { ...fieldErrors, satisfaction: satisfactionError } : fieldErrors}
        />
      </div>
      <div className="grid min-w-0 content-start gap-4 lg:col-start-2 lg:row-start-2">
        {failure && (
          <Alert tone="danger">
            <FailureText error={failure} />
          </Alert>
        )}
        <ConflictPanel
          conflicts={outbox.conflicts.filter((conflict) => fields.includes(conflict.field))}
          describe={(field, value) => describeAnswer(columns, controlName(field), value)}
          onResolve={(field, keep) => {
            const value = outbox.resolve(field, keep);
            if (value !== undefined) show(field, value);
          }}
        />
        <Rationale
          view={view}
          text={answers.rationale}
          answered={isAnswered("rationale")}
          error={fieldErrors.rationale}
        />
        <VersusPrevious view={view} answered={isAnswered("vs_previous")} error={fieldErrors.vsPrevious} />
        <Question
          id="turn_satisfaction"
          number={view.previousChosen ? 5 : 4}
          title="How satisfied are you with all images of this turn?"
          answered={isAnswered("turn_satisfaction")}
          error={fieldErrors.turnSatisfaction}
        >
          <Scale name="turnSatisfaction" value={view.answers.turnSatisfaction} subject="All images" />
        </Question>
        <div className="flex items-center gap-2 border-t pt-3">
          {turnNumber > 1 && (
            <Button
              type="submit"
              name="intent"
              value="previous"
              icon={<ArrowLeft className="size-4" />}
              pending={going === "previous"}
            >
              Previous
            </Button>
          )}
          <Button
            type="submit"
            name="intent"
            value="review"
            variant={isLast ? "primary" : "secondary"}
            icon={<ListChecks className="size-4" />}
            pending={going === "review"}
            className={isLast ? "ml-auto" : undefined}
          >
            Review
          </Button>
          {!isLast && (
            <Button
              type="submit"
              name="intent"
              value="next"
              variant="primary"
              pending={going === "next"}
              className="ml-auto"
            >
              Next turn
              <ArrowRight aria-hidden="true" className="size-4" />
            </Button>
          )}
        </div>
      </div>
    </Form>
  );
}

interface HeadingProps {
  view: EvaluationView;
  missingHere: number;
  outbox: UseOutbox;
}

function Heading({ view, missingHere, outbox }: HeadingProps) {
  const { turnNumber, horizon, assignmentId, initialPrompt, critique } = view;
  const steps = view.steps.map((step) => {
    const missing = step.turnNumber === turnNumber ? missingHere : step.missingCount;
    return {
      key: String(step.turnNumber),
      mark: step.turnNumber,
      label: `Rate turn ${step.turnNumber}`,
      state:
        step.turnNumber === turnNumber
          ? ("current" as const)
          : missing === 0
            ? ("done" as const)
            : ("todo" as const),
      to: paths.evaluation(assignmentId, step.turnNumber),
      note: missing === 0 ? "complete" : `${missing} missing`,
    };
  });
  return (
    <div className="grid content-start gap-2.5 lg:col-start-2 lg:row-start-1">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h1 tabIndex={-1} className="text-lg font-semibold tracking-tight whitespace-nowrap lg:text-xl">
          Rate turn {turnNumber} of {horizon}
        </h1>
        <Stepper label="Turns to rate" steps={steps} />
      </div>
      <div className="flex min-h-5 items-center justify-between gap-3 text-sm text-muted">
        <span>
          {missingHere === 0 ? "All questions answered" : `${plural(missingHere, "answer")} missing here`}
        </span>
        <SaveIndicator outbox={outbox} />
      </div>
      <p className="rounded-lg border bg-surface px-3 py-2 text-sm">
        <span className="text-muted">Your prompt: </span>
        <span className="font-medium">{initialPrompt}</span>
        {critique && (
          <>
            <br />
            <span className="text-muted">Your remark in this turn: </span>
            {critique}
          </>
        )}
      </p>
    </div>
  );
}

interface RationaleProps {
  view: EvaluationView;
  text: string;
  answered: boolean;
  error?: string;
}

function Rationale({ view, text, answered, error }: RationaleProps) {
  const chosen = view.columns.find((column) => column.columnId === view.chosenColumnId);
  return (
    <Question
      id="rationale"
      number={3}
      title={`Why did you select column ${chosen?.label ?? ""}?`}
      answered={answered}
      error={error}
    >
      <TextArea
        label="Your reasons"
        hideLabel
        name="rationale"
        rows={3}
        maxLength={2000}
        autoComplete="off"
        defaultValue={view.answers.rationale}
      />
      <div className="mt-0.5 text-right">
        <WordCounter text={text} min={view.rationaleMinWords} />
      </div>
    </Question>
  );
}

/** A digit on a focused radio picks the option with that number in its group. */
function pickByDigit(event: KeyboardEvent<HTMLFormElement>) {
  const { target } = event;
  const digit = digitOf(event.nativeEvent);
  if (!(target instanceof HTMLInputElement) || target.type !== "radio" || digit === null) return;
  const group = event.currentTarget.elements.namedItem(target.name);
  const option = group instanceof RadioNodeList ? group[digit - 1] : undefined;
  if (option instanceof HTMLInputElement) {
    event.preventDefault();
    option.focus();
    option.click();
  }
}

/** Coming from "what is missing": the first control of that question takes the focus. */
function useFocusOnFragment() {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === "") return;
    const question = document.getElementById(decodeURIComponent(hash.slice(1)));
    question?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, [hash]);
}
