import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Badge, StatusBadge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { RadioGroup } from "../../components/choices.tsx";
import { plural } from "../../components/format.ts";
import { NumberInput, TextArea } from "../../components/inputs.tsx";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import { type CoordinatorAction, coordinatorActions } from "../../domain/coordinator-action.ts";
import { paths } from "../../domain/paths.ts";
import type { WorkRow } from "../../domain/staff-views.ts";
import { ACTION_TEXTS } from "./action-texts.ts";
import type { FormFailure } from "./failure.ts";
import { phaseText } from "./phase-text.ts";

export interface WorkActionProps {
  studyId: string;
  action: CoordinatorAction;
  rows: WorkRow[];
  /** Search of the list that this was opened from. */
  back: string;
  submissionId: string;
  failure: FormFailure | null;
  typed: { reason: string; note: string; minutes: string; place: string } | null;
  outcomes:
    | { assignmentId: string; raterName: string; status: AssignmentStatus | null; refused: string | null }[]
    | null;
}

/** The confirmation of an action on assignments, and afterwards what came of it. */
export function WorkAction({ outcomes, ...props }: WorkActionProps) {
  const { studyId, action, back } = props;
  const list = `${paths.studyAssignments(studyId)}?${back}`;
  if (outcomes) return <Outcomes outcomes={outcomes} action={action} list={list} />;
  if (props.rows.length === 0) {
    return (
      <Alert
        tone="warning"
        title="Nothing is ticked"
        actions={
          <ButtonLink to={list} size="sm">
            Back to the list
          </ButtonLink>
        }
      >
        Tick the rows that you mean, then choose what to do with them.
      </Alert>
    );
  }
  return <Confirmation {...props} list={list} />;
}

function Confirmation({
  action,
  rows,
  submissionId,
  failure,
  typed,
  list,
}: Omit<WorkActionProps, "outcomes"> & { list: string }) {
  const text = ACTION_TEXTS[action];
  const busy = useNavigation().formMethod === "POST";
  const fields = failure?.fields ?? {};
  return (
    <Card title={`${text.title}: ${plural(rows.length, "task")}`} description={text.effect}>
      <Form method="post" className="grid max-w-prose gap-4">
        <input type="hidden" name="submissionId" value={submissionId} />
        {failure && Object.keys(fields).length === 0 && <Alert tone="danger">{failure.message}</Alert>}
        <ul className="grid gap-1.5 text-sm">
          {rows.map((row) => (
            <li key={row.assignmentId} className="flex flex-wrap items-center gap-2">
              <input type="hidden" name="on" value={row.assignmentId} />
              <span className="font-medium">{row.raterName}</span>
              <StatusBadge status={row.status} />
              <span className="text-muted">{phaseText(row)}</span>
              {!coordinatorActions(row.status).includes(action) && (
                <Badge tone="warning">not possible from here</Badge>
              )}
            </li>
          ))}
        </ul>
        {action === "reject" && (
          <>
            <TextArea
              label="Reason"
              name="reason"
              hint="The rater reads it."
              required
              maxLength={2000}
              defaultValue={typed?.reason ?? ""}
              error={fields.reason}
            />
            <RadioGroup
              legend="The place"
              name="place"
              defaultValue={typed?.place ?? ""}
              options={[
                { value: "", label: "As the study’s settings say" },
                { value: "reuse", label: "Somebody else may have it" },
                { value: "keep", label: "It stays taken" },
              ]}
            />
          </>
        )}
        {action === "correct" && (
          <TextArea
            label="What to correct"
            name="note"
            hint="The rater reads it."
            required
            maxLength={2000}
            defaultValue={typed?.note ?? ""}
            error={fields.note}
          />
        )}
        {action === "extend" && (
          <NumberInput
            label="Minutes"
            name="minutes"
            required
            min={1}
            max={43_200}
            defaultValue={typed?.minutes ?? "60"}
            error={fields.minutes}
            className="max-w-40"
          />
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant={text.danger ? "danger" : "primary"} pending={busy}>
            {text.button}
          </Button>
          <ButtonLink to={list} variant="ghost">
            Back without a change
          </ButtonLink>
        </div>
      </Form>
    </Card>
  );
}

function Outcomes({
  outcomes,
  action,
  list,
}: {
  outcomes: NonNullable<WorkActionProps["outcomes"]>;
  action: CoordinatorAction;
  list: string;
}) {
  const refused = outcomes.filter((o) => o.refused !== null).length;
  const done = outcomes.length - refused;
  return (
    <div className="grid gap-4">
      <Alert tone={refused === 0 ? "success" : "warning"}>
        {ACTION_TEXTS[action].title}: {done} done{refused > 0 && `, ${refused} refused`}.
      </Alert>
      <Card title="Row by row">
        <ul className="grid gap-2 text-sm">
          {outcomes.map((outcome) => (
            <li key={outcome.assignmentId} className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{outcome.raterName}</span>
              {outcome.status ? (
                <StatusBadge status={outcome.status} />
              ) : (
                <Badge tone="danger">refused</Badge>
              )}
              {outcome.refused && <span className="text-muted">{outcome.refused}</span>}
            </li>
          ))}
        </ul>
        <div className="mt-4">
          <ButtonLink to={list}>Back to the list</ButtonLink>
        </div>
      </Card>
    </div>
  );
}
