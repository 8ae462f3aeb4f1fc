import { CircleCheck, Inbox, Play } from "lucide-react";
import type { ReactNode } from "react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { StatusBadge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatMoney, plural } from "../../components/format.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Popover } from "../../components/popover.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { paths } from "../../domain/paths.ts";
import type { AvailableWork, RaterAssignmentRow, RaterHomeView } from "../../domain/rater-views.ts";
import { progressOf } from "./progress-of.ts";

export interface RaterHomeProps {
  home: RaterHomeView;
  firstName: string;
  submissionId: string;
  error: string | null;
}

/** Where a rater starts: what is under way, what can be started, what is done. */
export function RaterHome({ home, firstName, submissionId, error }: RaterHomeProps) {
  const { available, inProgress, history } = home;
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-7 px-4 py-8 sm:px-6">
      <div>
        <PageHeader
          title={firstName ? `Hello, ${firstName}` : "Your work"}
          description="Describe something you would like to see, choose the images you like best, and help image generators learn what people mean."
        />
        {error && <Alert tone="danger">{error}</Alert>}
      </div>
      {inProgress.length > 0 && (
        <Section title="In progress">
          {inProgress.map((row) => (
            <InProgress key={row.assignmentId} row={row} submissionId={submissionId} />
          ))}
        </Section>
      )}
      <Section title="Available">
        {available.map((work) => (
          <Available key={work.studyId} work={work} submissionId={submissionId} />
        ))}
        {available.length === 0 && (
          <Card>
            <EmptyState
              icon={<Inbox />}
              title={inProgress.length > 0 ? "Nothing else to start" : "There is no work for you right now"}
            >
              {inProgress.length > 0
                ? "Finish what is in progress first; new tasks appear here."
                : "You see the studies to which you were invited. New ones appear here by themselves."}
            </EmptyState>
          </Card>
        )}
      </Section>
      {history.length > 0 && (
        <Section title="History">
          <History rows={history} />
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 className="text-sm font-semibold text-muted">{title}</h2>
      {children}
    </section>
  );
}

function Available({ work, submissionId }: { work: AvailableWork; submissionId: string }) {
  const navigation = useNavigation();
  const pending = navigation.state !== "idle" && navigation.formData?.get("studyId") === work.studyId;
  const facts = [
    `About ${work.expectedMinutes} min`,
    work.payCents > 0 ? formatMoney(work.payCents, work.payCurrency) : "Unpaid",
    ...(work.blockedReason ? [] : [`${plural(work.placesLeft, "place")} left`]),
  ];
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h3 className="font-semibold">{work.studyName}</h3>
          <p className="text-sm text-muted tabular-nums">{facts.join(" · ")}</p>
          {work.blockedReason && <p className="mt-1 text-sm font-medium">{work.blockedReason}</p>}
        </div>
        {!work.blockedReason && (
          <Form method="post">
            <input type="hidden" name="intent" value="start" />
            <input type="hidden" name="studyId" value={work.studyId} />
            <input type="hidden" name="submissionId" value={`${submissionId}-${work.studyId.slice(-8)}`} />
            <Button type="submit" variant="primary" pending={pending} icon={<Play className="size-4" />}>
              Start
            </Button>
          </Form>
        )}
      </div>
    </Card>
  );
}

function InProgress({ row, submissionId }: { row: RaterAssignmentRow; submissionId: string }) {
  const { text, done, total } = progressOf(row);
  return (
    <Card>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h3 className="font-semibold">{row.studyName}</h3>
            <p className="text-sm text-muted">
              {text}
              {row.initialPrompt && <> · “{row.initialPrompt}”</>}
            </p>
            <p className="text-sm text-muted">
              {row.status === "expired" ? (
                "Your place was freed, but your work is kept. Resume while there is room."
              ) : (
                <>
                  Your place is kept until <Time atMs={row.leaseExpiresAtMs} />
                </>
              )}
            </p>
          </div>
          <div className="flex items-center gap-2">
            <GiveBack row={row} submissionId={submissionId} />
            <ButtonLink
              to={paths.session(row.assignmentId)}
              variant="primary"
              icon={<Play className="size-4" />}
            >
              Resume
            </ButtonLink>
          </div>
        </div>
        <ProgressBar value={done} max={total} label={`Progress in ${row.studyName}`} />
      </div>
    </Card>
  );
}

/** Giving a task back, with a second look: it cannot be undone. */
function GiveBack({ row, submissionId }: { row: RaterAssignmentRow; submissionId: string }) {
  if (row.status === "expired") return null;
  return (
    <Popover
      id={`give-back-${row.assignmentId}`}
      label="Give this task back"
      trigger="Give back"
      size="md"
      placement="center"
    >
      <Form method="post" className="grid gap-3">
        <p className="font-semibold">Give this task back?</p>
        <p className="text-sm text-muted">
          Somebody else gets the place. What you did is kept, but you cannot go on with it.
        </p>
        <input type="hidden" name="intent" value="return" />
        <input type="hidden" name="assignmentId" value={row.assignmentId} />
        <input type="hidden" name="submissionId" value={`${submissionId}-${row.assignmentId.slice(-8)}`} />
        <Button type="submit" variant="danger">
          Give it back
        </Button>
      </Form>
    </Popover>
  );
}

function History({ rows }: { rows: readonly RaterAssignmentRow[] }) {
  return (
    <Card padded={false}>
      <Table
        caption="Your finished tasks"
        head={
          <>
            <Th>Prompt</Th>
            <Th>Status</Th>
            <Th>Finished</Th>
            <Th numeric>Pay</Th>
          </>
        }
      >
        {rows.map((row) => (
          <tr key={row.assignmentId}>
            <Td rowHeader>
              {row.initialPrompt || "No prompt yet"}
              <span className="block text-xs font-normal text-muted">{row.studyName}</span>
            </Td>
            <Td>
              <StatusBadge status={row.status} />
            </Td>
            <Td>{row.submittedAtMs ? <Time atMs={row.submittedAtMs} show="date" /> : "–"}</Td>
            <Td numeric>
              {row.submittedAtMs && row.payCents > 0 ? (
                <span className="inline-flex items-center gap-1">
                  {row.status === "approved" && (
                    <CircleCheck aria-label="Approved" className="size-3.5 text-success-ink" />
                  )}
                  {formatMoney(row.payCents, row.payCurrency)}
                </span>
              ) : (
                "–"
              )}
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
