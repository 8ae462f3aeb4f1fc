import { CircleCheckBig } from "lucide-react";
import { type RefObject, useRef } from "react";
import { Form, Link, useNavigation, useSearchParams } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/choices.tsx";
import { cx } from "../../components/cx.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatNumber, plural } from "../../components/format.ts";
import { TextArea } from "../../components/inputs.tsx";
import { KeysHelp } from "../../components/keys-help.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { Time } from "../../components/time.tsx";
import { usePageKeyDown } from "../../components/use-page-key-down.ts";
import { paths } from "../../domain/paths.ts";
import type { TextReviewView } from "../../domain/staff-views.ts";
import {
  type ReviewQueue,
  TEXT_DECISIONS,
  type TextDecisionKind,
  takesAllTexts,
} from "../../domain/text-review.ts";
import type { FormFailure } from "../console/failure.ts";
import { MarkedText } from "./marked-text.tsx";

const DONE: Record<TextDecisionKind, string> = { kept: "Kept", redacted: "Redacted", excluded: "Left out" };
const BUTTONS: Record<TextDecisionKind, string> = { kept: "Keep", redacted: "Redact", excluded: "Leave out" };
const FIELDS = { initial_prompt: "Initial prompt", critique: "Critique", rationale: "Rationale" } as const;
const QUEUES: Record<ReviewQueue, string> = { flagged: "Flagged", all: "All open texts", decided: "Decided" };

const KEYS = [
  { keys: ["1"], does: "keep" },
  { keys: ["2"], does: "redact" },
  { keys: ["3"], does: "leave out" },
  { keys: ["e"], does: "edit the replacement" },
  { keys: ["u"], does: "undo" },
  { keys: ["n", "p"], does: "next and previous text" },
];

export interface TextReviewProps {
  review: TextReviewView;
  queue: ReviewQueue;
  submissionId: string;
  failure: FormFailure | null;
  /** What was sent and refused. */
  typed: { replacement: string; alike: boolean } | null;
}

/** One text after the other, each with what was found in it and what becomes of it in a release. */
export function TextReview({ review, queue, submissionId, failure, typed }: TextReviewProps) {
  const box = useRef<HTMLDivElement>(null);
  useReviewKeys(box);
  const { counts, text } = review;
  return (
    <div ref={box} className="grid grid-cols-1 gap-5">
      <Progress review={review} />
      <QueueLinks queue={queue} counts={counts} />
      {review.undo && <Undo undo={review.undo} submissionId={`${submissionId}-u`} />}
      {failure && Object.keys(failure.fields).length === 0 && <Alert tone="danger">{failure.message}</Alert>}
      {text ? (
        <Decide
          key={text.key}
          text={text}
          review={review}
          submissionId={`${submissionId}-d`}
          error={failure?.fields.replacement}
          typed={typed}
        />
      ) : (
        <Card>
          <EmptyState
            icon={<CircleCheckBig />}
            title={queue === "decided" ? "Nothing decided yet" : "Nothing left to decide"}
          >
            {queue === "flagged"
              ? "No flagged text waits for a decision. You may also go through all open texts before a public release."
              : queue === "all"
                ? "Every text of this release has been decided about."
                : "Decisions appear here with who made them and when, and can be changed."}
          </EmptyState>
        </Card>
      )}
      <KeysHelp keys={KEYS} />
    </div>
  );
}

function Progress({ review: { counts } }: { review: TextReviewView }) {
  const decided = counts.flagged - counts.undecided;
  return (
    <div className="grid gap-1.5">
      <p className="flex flex-wrap justify-between gap-x-4 text-sm tabular-nums">
        <span>
          {formatNumber(decided)} of {plural(counts.flagged, "flagged text", "flagged texts")} decided
        </span>
        <span className="text-muted">
          {formatNumber(counts.texts - counts.unreviewed)} of {plural(counts.texts, "text", "texts")} in all
        </span>
      </p>
      <ProgressBar label="Flagged texts decided" value={decided} max={counts.flagged} />
    </div>
  );
}

function QueueLinks({ queue, counts }: { queue: ReviewQueue; counts: TextReviewView["counts"] }) {
  const [params] = useSearchParams();
  const sizes = {
    flagged: counts.undecided,
    all: counts.unreviewed,
    decided: counts.texts - counts.unreviewed,
  };
  return (
    <nav aria-label="Which texts" className="flex flex-wrap gap-1">
      {(Object.keys(QUEUES) as ReviewQueue[]).map((one) => (
        <Link
          key={one}
          to={searchWith(params, { queue: one })}
          aria-current={one === queue ? "page" : undefined}
          className={cx(
            "rounded-md px-3 py-1.5 text-sm font-medium tabular-nums",
            one === queue
              ? "bg-accent text-on-accent"
              : "bg-surface text-text ring-1 ring-inset ring-border hover:bg-sunken",
          )}
        >
          {QUEUES[one]} <span className="font-normal">({formatNumber(sizes[one])})</span>
        </Link>
      ))}
    </nav>
  );
}

function Undo({ undo, submissionId }: { undo: NonNullable<TextReviewView["undo"]>; submissionId: string }) {
  return (
    <Form method="post" className="flex flex-wrap items-center gap-3" preventScrollReset>
      <input type="hidden" name="submissionId" value={submissionId} />
      <input type="hidden" name="batchId" value={undo.batchId} />
      <p role="status" className="text-sm text-muted">
        {DONE[undo.decision]}: {plural(undo.texts, "text", "texts")}.
      </p>
      <Button type="submit" name="intent" value="undo" size="sm" data-key="u">
        Undo
      </Button>
    </Form>
  );
}

interface DecideProps {
  text: NonNullable<TextReviewView["text"]>;
  review: TextReviewView;
  submissionId: string;
  error: string | undefined;
  typed: TextReviewProps["typed"];
}

function Decide({ text, review, submissionId, error, typed }: DecideProps) {
  const [params] = useSearchParams();
  const busy = useNavigation().formData?.get("intent");
  const { decision } = text;
  const place = text.turnNumber === null ? "" : `, turn ${text.turnNumber}`;
  const turn = text.turnNumber === null ? "" : `?turn=${text.turnNumber}`;
  return (
    <Card
      title={`${FIELDS[text.field]}${place}`}
      actions={
        <p className="text-sm text-muted tabular-nums">
          {review.position !== null &&
            `${formatNumber(review.position)} of ${formatNumber(review.queued)} · `}
          <Link
            to={`${paths.dataTrajectory(text.trajectoryId)}${turn}`}
            className="text-accent-ink underline"
          >
            Replay
          </Link>
        </p>
      }
    >
      <div className="grid gap-4">
        <MarkedText text={text.text} findings={text.findings} />
        {decision && (
          <p className="text-sm text-muted">
            {DONE[decision.decision]} by {decision.reviewerName || "somebody"} on{" "}
            <Time atMs={decision.decidedAtMs} />. A new decision takes its place.
          </p>
        )}
        <Form method="post" className="grid gap-4" preventScrollReset>
          <input type="hidden" name="submissionId" value={submissionId} />
          <input type="hidden" name="key" value={text.key} />
          <input type="hidden" name="textSha256" value={text.textSha256} />
          <TextArea
            label="Replacement, if you redact"
            name="replacement"
            hint="The copy that is released. What the rater typed stays in the database, and what you take out is also replaced wherever the agent repeated it."
            defaultValue={typed?.replacement ?? text.replacement}
            error={error}
            rows={Math.min(8, Math.max(2, Math.ceil(text.replacement.length / 80)))}
          />
          {text.alike > 0 && (
            <Checkbox
              name="alike"
              value="yes"
              defaultChecked={typed?.alike ?? true}
              label={`Also the ${plural(text.alike, "other undecided text", "other undecided texts")} with the same words`}
            />
          )}
          <div className="flex flex-wrap items-center gap-2">
            {TEXT_DECISIONS.map((one, i) => (
              <Button
                key={one}
                type="submit"
                name="intent"
                value={one}
                data-key={String(i + 1)}
                variant={i === 0 ? "primary" : "secondary"}
                pending={busy === one}
              >
                {BUTTONS[one]}
              </Button>
            ))}
            <span className="flex flex-wrap gap-2 sm:ml-auto">
              {review.previousKey !== null && (
                <ButtonLink
                  variant="ghost"
                  data-key="p"
                  to={searchWith(params, { text: review.previousKey })}
                >
                  Previous
                </ButtonLink>
              )}
              {review.nextKey !== null && (
                <ButtonLink variant="ghost" data-key="n" to={searchWith(params, { text: review.nextKey })}>
                  Next
                </ButtonLink>
              )}
            </span>
          </div>
          <p className="text-sm text-muted">
            {takesAllTexts(text.field)
              ? "“Leave out” releases none of the texts of this trajectory, because the agent's prompts were made from this one. Choices and ratings stay."
              : "“Leave out” releases the turn with an empty rationale."}
          </p>
        </Form>
      </div>
    </Card>
  );
}

/** The same address with another queue or text, from its first text where none is named. */
function searchWith(params: URLSearchParams, changed: { queue?: string; text?: string }): string {
  const search = new URLSearchParams(params);
  search.delete("after");
  search.delete("text");
  for (const [name, value] of Object.entries(changed)) search.set(name, value);
  return `?${search}`;
}

/** A key is the button or link with that `data-key`; "e" goes into the replacement. */
function useReviewKeys(box: RefObject<HTMLElement | null>): void {
  usePageKeyDown(({ key, repeat }) => {
    if (repeat) return false;
    const find = (selector: string) => box.current?.querySelector<HTMLElement>(selector) ?? null;
    const target =
      key === "e" ? find("textarea") : /^[123unp]$/.test(key) ? find(`[data-key="${key}"]`) : null;
    if (!target) return false;
    if (key === "e") target.focus();
    else target.click();
    return true;
  });
}
