import { Play } from "lucide-react";
import { Form, useNavigation } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import type { RaterAssignmentRow } from "../../domain/rater-views.ts";
import { payText } from "./pay-text.ts";

/** A task that is held for the rater: take it, or decline it without penalty. */
export function Offer({ row, submissionId }: { row: RaterAssignmentRow; submissionId: string }) {
  const { formData } = useNavigation();
  const isThis = formData?.get("assignmentId") === row.assignmentId;
  const intent = isThis ? formData?.get("intent") : null;
  return (
    <Card>
      <Form method="post" className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h3 className="font-semibold">{row.studyName}</h3>
          <p className="text-sm text-muted tabular-nums">
            About {row.expectedMinutes} min · {payText(row)}
          </p>
          <p className="text-sm text-muted">
            The place is held for you until <LocalTime atMs={row.leaseExpiresAtMs} />.
          </p>
        </div>
        <input type="hidden" name="assignmentId" value={row.assignmentId} />
        <input type="hidden" name="submissionId" value={`${submissionId}-${row.assignmentId.slice(-8)}`} />
        <div className="flex items-center gap-2">
          <Button type="submit" name="intent" value="decline" variant="ghost" pending={intent === "decline"}>
            Decline
          </Button>
          <Button
            type="submit"
            name="intent"
            value="accept"
            variant="primary"
            pending={intent === "accept"}
            icon={<Play className="size-4" />}
          >
            Accept and start
          </Button>
        </div>
      </Form>
    </Card>
  );
}
