import { Inbox } from "lucide-react";
import { Form, Link, useNavigation } from "react-router";
import { Badge, StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { TextArea } from "../../components/inputs.tsx";
import { Pagination } from "../../components/pagination.tsx";
import { Time } from "../../components/time.tsx";
import { paths } from "../../domain/paths.ts";
import type { Page, ProblemRow } from "../../domain/staff-views.ts";
import type { ProblemKind } from "../../domain/vocabulary.ts";

/** A report with the replies to it. */
export interface ProblemThread extends ProblemRow {
  messages: { authorName: string; text: string; createdAtMs: number }[];
}

const KINDS: Record<ProblemKind, string> = {
  image_broken: "Image broken",
  offensive: "Offensive",
  wrong: "Not what was asked for",
  slow: "Slow",
  my_mistake: "Own mistake",
  other: "Other",
};

export interface ProblemListProps {
  page: Page<ProblemThread>;
  nowMs: number;
  submissionId: string;
  /** The report that was just answered, refused, with what was typed. */
  refused: { problemId: string; message: string; error: string } | null;
}

/** What raters reported, with a reply form each. */
export function ProblemList({ page, nowMs, submissionId, refused }: ProblemListProps) {
  if (page.rows.length === 0) {
    return (
      <Card>
        <EmptyState icon={<Inbox />} title="No problems here">
          What raters report with “Report a problem” arrives here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <ul className="grid grid-cols-1 gap-4">
        {page.rows.map((problem, i) => (
          <li key={problem.problemId}>
            <Problem
              problem={problem}
              nowMs={nowMs}
              submissionId={`${submissionId}-p${i}`}
              refused={refused?.problemId === problem.problemId ? refused : null}
            />
          </li>
        ))}
      </ul>
      {(page.nextCursor !== null || page.total > page.rows.length) && (
        <Card padded={false}>
          <Pagination
            shown={page.rows.length}
            total={page.total}
            nextCursor={page.nextCursor}
            noun="reports"
          />
        </Card>
      )}
    </div>
  );
}

function Problem({
  problem,
  nowMs,
  submissionId,
  refused,
}: {
  problem: ProblemThread;
  nowMs: number;
  submissionId: string;
  refused: ProblemListProps["refused"];
}) {
  const { trajectoryId, turnNumber, imageLabel } = problem;
  const place = [turnNumber && `Turn ${turnNumber}`, imageLabel && `image ${imageLabel}`].filter(Boolean);
  return (
    <article className="rounded-lg border bg-surface shadow-card">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-5 pt-4 text-sm">
        <StatusBadge status={problem.status} tone={problem.status === "open" ? "warning" : undefined} />
        <Badge>{KINDS[problem.kind]}</Badge>
        {place.length > 0 && <span className="text-muted">{place.join(", ")}</span>}
        <span className="text-muted">
          <Time atMs={problem.createdAtMs} agoFromMs={nowMs} />
        </span>
        {trajectoryId && (
          <Link
            className="ml-auto text-accent-ink hover:underline"
            to={`${paths.trajectory(trajectoryId)}${turnNumber ? `?turn=${turnNumber}` : ""}`}
          >
            Open the trajectory
          </Link>
        )}
      </header>
      <div className="grid gap-3 px-5 py-4">
        <p className="max-w-prose whitespace-pre-wrap break-words">
          {problem.text || <span className="text-muted italic">Nothing written</span>}
        </p>
        {problem.messages.map((message) => (
          <blockquote
            key={`${message.createdAtMs} ${message.text}`}
            className="max-w-prose border-l-2 border-accent pl-3 text-sm"
          >
            <p className="text-muted">
              {message.authorName}, <Time atMs={message.createdAtMs} agoFromMs={nowMs} />
            </p>
            <p className="whitespace-pre-wrap break-words">{message.text}</p>
          </blockquote>
        ))}
        <ReplyForm
          // Empty again once the answer is among the messages.
          key={`${problem.messages.length} ${problem.status}`}
          problem={problem}
          submissionId={submissionId}
          refused={refused}
        />
      </div>
    </article>
  );
}

function ReplyForm({
  problem,
  submissionId,
  refused,
}: {
  problem: ProblemThread;
  submissionId: string;
  refused: ProblemListProps["refused"];
}) {
  const navigation = useNavigation();
  const sending = navigation.formData?.get("problemId") === problem.problemId;
  const intent = sending ? navigation.formData?.get("intent") : null;
  const open = problem.status !== "closed";
  return (
    <Form method="post" preventScrollReset className="grid max-w-prose gap-2">
      <input type="hidden" name="submissionId" value={submissionId} />
      <input type="hidden" name="problemId" value={problem.problemId} />
      {open && (
        <TextArea
          label="Answer"
          name="message"
          rows={2}
          maxLength={2000}
          required={false}
          defaultValue={refused?.message ?? ""}
          error={refused?.error}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {open ? (
          <>
            <Button type="submit" name="intent" value="answer" size="sm" pending={intent === "answer"}>
              Send answer
            </Button>
            <Button
              type="submit"
              name="intent"
              value="close"
              size="sm"
              variant="ghost"
              pending={intent === "close"}
            >
              Close
            </Button>
          </>
        ) : (
          <Button type="submit" name="intent" value="reopen" size="sm" pending={intent === "reopen"}>
            Open again
          </Button>
        )}
      </div>
    </Form>
  );
}
