import { Flag } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useLocation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Select, TextArea } from "../../components/inputs.tsx";
import { Popover } from "../../components/popover.tsx";
import { paths } from "../../domain/paths.ts";
import { PROBLEM_KINDS, type ProblemKind } from "../../domain/vocabulary.ts";
import { FailureText } from "./failure-text.tsx";
import { type FormFailure, SIGNED_OUT, UNREACHABLE } from "./offline-failure.ts";
import { saveOutcome } from "./save-outcome.ts";
import { newSubmissionId } from "./submission-id.ts";

const LABELS: Record<ProblemKind, string> = {
  image_broken: "An image is broken or missing",
  offensive: "An image is offensive or disturbing",
  wrong: "Something on the page is wrong",
  slow: "It is too slow or stuck",
  my_mistake: "I made a mistake",
  other: "Something else",
};
const OPTIONS = PROBLEM_KINDS.map((kind) => ({ value: kind, label: LABELS[kind] }));

const PANEL_ID = "report-problem";

/** Opens the report form from elsewhere in the page, on one image. */
export function openProblemReport(imageId: string) {
  const panel = document.getElementById(PANEL_ID);
  if (!panel) return;
  const field = panel.querySelector<HTMLInputElement>("input[name=imageId]");
  const kind = panel.querySelector<HTMLSelectElement>("select[name=kind]");
  if (field) field.value = imageId;
  if (kind) kind.value = "image_broken";
  panel.showPopover();
}

export interface ReportProblemProps {
  assignmentId: string;
  turnNumber: string | undefined;
  submissionId: string;
}

type Outcome = { kind: "sent" } | { kind: "failed"; error: FormFailure["error"] };

/** "Report a problem": a native popover with a plain form, so that it works without scripts too. */
export function ReportProblem({ assignmentId, turnNumber, submissionId }: ReportProblemProps) {
  const { pathname } = useLocation();
  const id = useRef(submissionId);
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const action = paths.problems(assignmentId);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.set(name, String(value));
    body.set("submissionId", id.current);
    setPending(true);
    const result = await post(action, body);
    setPending(false);
    setOutcome(result);
    if (result.kind === "sent") {
      id.current = newSubmissionId();
      form.reset();
      const image = form.querySelector<HTMLInputElement>("input[name=imageId]");
      if (image) image.value = "";
    }
  }

  const fields = outcome?.kind === "failed" ? outcome.error.fields : {};
  return (
    <Popover
      id={PANEL_ID}
      label="Report a problem"
      trigger={
        <>
          <Flag aria-hidden="true" className="size-4" />
          <span className="max-sm:sr-only">Report a problem</span>
        </>
      }
      onToggle={(open) => {
        if (!open) setOutcome(null);
      }}
    >
      <form method="post" action={action} onSubmit={send} className="grid gap-3">
        <h2 className="text-base font-semibold">Report a problem</h2>
        {outcome?.kind === "sent" && (
          <Alert tone="success">Thank you. Your report has reached the people who run this study.</Alert>
        )}
        {outcome?.kind === "failed" && (
          <Alert tone="danger">
            <FailureText error={outcome.error} />
          </Alert>
        )}
        <input type="hidden" name="submissionId" defaultValue={submissionId} />
        <input type="hidden" name="next" value={pathname} />
        <input type="hidden" name="imageId" defaultValue="" />
        {turnNumber && <input type="hidden" name="turnNumber" value={turnNumber} />}
        <Select label="What kind of problem?" name="kind" options={OPTIONS} error={fields.kind} />
        <TextArea
          label="What happened?"
          name="text"
          rows={4}
          maxLength={2000}
          required={false}
          error={fields.text}
          placeholder="For example: image 2A shows nothing"
        />
        <Button type="submit" variant="primary" pending={pending}>
          Send the report
        </Button>
        <p className="text-sm text-muted">You can go on working afterwards. Nothing you did is lost.</p>
      </form>
    </Popover>
  );
}

async function post(action: string, body: URLSearchParams): Promise<Outcome> {
  try {
    const reply = await fetch(action, { method: "POST", body, headers: { accept: "application/json" } });
    const outcome = saveOutcome(reply);
    if (outcome === "saved") return { kind: "sent" };
    if (outcome === "signed_out") return { kind: "failed", error: SIGNED_OUT };
    if (outcome === "unreachable" && reply.status !== 429) return { kind: "failed", error: UNREACHABLE };
    return { kind: "failed", error: ((await reply.json()) as FormFailure).error };
  } catch {
    return { kind: "failed", error: UNREACHABLE };
  }
}
