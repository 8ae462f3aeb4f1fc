import { Play } from "lucide-react";
import { Form } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { Popover } from "../../components/popover.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { paths } from "../../domain/paths.ts";
import type { RaterAssignmentRow } from "../../domain/rater-views.ts";
import { payText } from "./pay-text.ts";
import { progressOf } from "./progress-of.ts";

interface RowProps {
  row: RaterAssignmentRow;
  submissionId: string;
}

/** A task under way: where it stands, until when its place is kept, what is to be corrected, and the way back in. */
export function InProgress({ row, submissionId }: RowProps) {
  const { text, done, total } = progressOf(row);
  const isCorrection = row.status === "active" && row.reviewNote !== "";
  return (
    <Card>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h3 className="font-semibold">{row.studyName}</h3>
            <p className="text-sm text-muted">
              {text}
              {row.initialPrompt && <> · “{row.initialPrompt}”</>} · {payText(row)}
            </p>
            <p className="text-sm text-muted">
              <PlaceText row={row} />
            </p>
          </div>
          <div className="flex items-center gap-2">
            {!isCorrection && <GiveBack row={row} submissionId={submissionId} />}
            {row.status !== "paused" && (
              <ButtonLink
                to={paths.session(row.assignmentId)}
                variant="primary"
                icon={<Play className="size-4" />}
              >
                {isCorrection ? "Correct it" : "Resume"}
              </ButtonLink>
            )}
          </div>
        </div>
        {isCorrection && (
          <Alert tone="warning" live={false} title="Sent back to you for correction">
            <p className="whitespace-pre-line">{row.reviewNote}</p>
          </Alert>
        )}
        <ProgressBar value={done} max={total} label={`Progress in ${row.studyName}`} />
      </div>
    </Card>
  );
}

function PlaceText({ row }: { row: RaterAssignmentRow }) {
  switch (row.status) {
    case "expired":
      return "Your place was freed, but your work is kept. Resume while there is room.";
    case "paused":
      return "The people who run the study have paused this task. Your place and your work are kept.";
    default:
      return (
        <>
          Your place is kept until <LocalTime atMs={row.leaseExpiresAtMs} />; anything you do renews it.
        </>
      );
  }
}

/** Giving a task back, with a second look: it cannot be undone. */
function GiveBack({ row, submissionId }: RowProps) {
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
