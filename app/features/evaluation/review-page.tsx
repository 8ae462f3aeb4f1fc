import { CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Form, Link, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { plural } from "../../components/format.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import type { MissingAnswer, VsPrevious } from "../../domain/evaluation.ts";
import { paths } from "../../domain/paths.ts";
import type { ReviewView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import { useImageName } from "../rater/image-name.ts";
import type { FormFailure } from "../rater/offline-failure.ts";
import { ShownPicture } from "../rater/shown-picture.tsx";
import { WorkSession } from "../rater/work-session.tsx";
import { anchorOf } from "./anchors.ts";

export interface ReviewPageProps {
  view: ReviewView;
  submissionId: string;
  error: FormFailure["error"] | null;
}

/** All answers before "End Task", with links to what is missing. */
export function ReviewPage({ view, submissionId, error }: ReviewPageProps) {
  const [id] = useState(submissionId);
  const { assignmentId, turns, missingCount, answerCount } = view;
  const summary = useRef<HTMLDivElement>(null);
  const pending = useNavigation().formMethod === "POST";
  const isIncomplete = missingCount > 0;

  // A refused hand-in takes the reader to what is missing.
  useEffect(() => {
    if (!error) return;
    summary.current?.focus({ preventScroll: true });
    summary.current?.scrollIntoView({ block: "center" });
  }, [error]);

  return (
    <div className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <WorkSession assignmentId={assignmentId} phase="evaluation" turnNumber={null} waiting={false} />
      <PageHeader title="Review your ratings" description={`“${view.initialPrompt}”`} />
      <div className="grid gap-4">
        <Summary {...{ view, summary, error }} />
        <div className="grid gap-1">
          <ProgressBar value={answerCount - missingCount} max={answerCount} label="Answers given" />
          <p className="text-sm text-muted tabular-nums">
            {answerCount - missingCount} of {answerCount} answers
          </p>
        </div>
        {turns.map((turn) => (
          <TurnCard
            key={turn.turnNumber}
            assignmentId={assignmentId}
            turn={turn}
            columnCount={view.columnCount}
          />
        ))}
        <Form method="post" className="flex flex-wrap items-center justify-between gap-3 border-t pt-5">
          <input type="hidden" name="intent" value="end-task" />
          <input type="hidden" name="submissionId" value={id} />
          <p className="text-sm text-muted">After “End Task” your answers cannot be changed.</p>
          <Button
            type="submit"
            variant={isIncomplete ? "secondary" : "primary"}
            size="lg"
            pending={pending}
            className={isIncomplete ? "text-muted" : undefined}
          >
            End Task
          </Button>
        </Form>
      </div>
    </div>
  );
}

function Summary({
  view,
  summary,
  error,
}: {
  view: ReviewView;
  summary: React.RefObject<HTMLDivElement | null>;
  error: ReviewPageProps["error"];
}) {
  if (error && error.code !== "EVALUATION_INCOMPLETE") {
    return (
      <Alert ref={summary} tone="danger">
        <FailureText error={error} />
      </Alert>
    );
  }
  if (view.missingCount === 0) {
    return (
      <Alert ref={summary} tone="success" title="Everything is answered">
        You can still change any answer. When you are content, end the task below.
      </Alert>
    );
  }
  return (
    <Alert
      ref={summary}
      tone={error ? "danger" : "warning"}
      live={error !== null}
      title={`${plural(view.missingCount, "answer")} still missing`}
    >
      {error && <p>The task cannot be ended yet.</p>}
      <ul className="mt-1 grid gap-1">
        {view.turns
          .filter((turn) => turn.missing.length > 0)
          .map((turn) => (
            <li key={turn.turnNumber}>
              <Link
                to={linkTo(view.assignmentId, turn.turnNumber, turn.missing[0])}
                className="inline-block min-h-6"
              >
                Turn {turn.turnNumber}: {plural(turn.missing.length, "answer")}
              </Link>
            </li>
          ))}
      </ul>
    </Alert>
  );
}

const VERSUS: Record<VsPrevious, string> = { better: "Better", same: "About the same", worse: "Worse" };

interface TurnCardProps {
  assignmentId: string;
  turn: ReviewView["turns"][number];
  columnCount: number;
}

function TurnCard({ assignmentId, turn, columnCount }: TurnCardProps) {
  const imageName = useImageName();
  const { turnNumber, chosenColumn, answers, missing } = turn;
  const rated = Object.values(answers.columnSatisfactions).filter((value) => value !== null).length;
  const kept = answers.confirmedColumnId === chosenColumn.columnId;
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          Turn {turnNumber}
          {missing.length === 0 ? (
            <CircleCheck aria-label="complete" className="size-4 text-success-ink" />
          ) : (
            <Badge tone="warning">
              <TriangleAlert aria-hidden="true" className="size-3" />
              {missing.length} missing
            </Badge>
          )}
        </span>
      }
      actions={
        <ButtonLink
          to={paths.evaluation(assignmentId, turnNumber)}
          size="sm"
          aria-label={`Change turn ${turnNumber}`}
        >
          Change
        </ButtonLink>
      }
    >
      <div className="grid gap-4 sm:grid-cols-[auto_minmax(0,1fr)]">
        <div className="grid w-max grid-cols-4 content-start gap-0.5 sm:grid-cols-2">
          {chosenColumn.images.map((image) => (
            <ShownPicture
              key={image.imageId}
              image={image}
              alt={imageName(image.label, turnNumber)}
              loading="lazy"
              className="size-16 rounded-sm bg-sunken object-cover"
            />
          ))}
        </div>
        <div className="grid content-start gap-3">
          <DefinitionList
            columns={2}
            items={[
              {
                term: "Preferred column",
                value:
                  answers.confirmedColumnId === null
                    ? "–"
                    : kept
                      ? `${chosenColumn.label}, as chosen in the turn`
                      : "Another one than in the turn",
              },
              { term: "Columns rated", value: `${rated} of ${columnCount}` },
              ...(turnNumber > 1
                ? [
                    {
                      term: "Than the turn before",
                      value: answers.vsPrevious ? VERSUS[answers.vsPrevious] : "–",
                    },
                  ]
                : []),
              {
                term: "All images",
                value: answers.turnSatisfaction === null ? "–" : `${answers.turnSatisfaction} of 5`,
              },
            ]}
          />
          {answers.rationale && <p className="text-sm break-words">“{answers.rationale}”</p>}
          {missing.length > 0 && (
            <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
              {missing.map((item) => (
                <li key={anchorOf(item)}>
                  <Link
                    to={linkTo(assignmentId, turnNumber, item)}
                    className="inline-block min-h-6 font-medium text-accent-ink underline"
                  >
                    {item.message}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Card>
  );
}

function linkTo(assignmentId: string, turnNumber: number, missing: MissingAnswer | undefined): string {
  const page = paths.evaluation(assignmentId, turnNumber);
  return missing ? `${page}#${anchorOf(missing)}` : page;
}
