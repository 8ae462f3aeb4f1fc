import { Form, Link } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { Time } from "../../components/time.tsx";
import type { DeliveryRow, WebhookRow } from "../../domain/access-views.ts";
import { paths } from "../../domain/paths.ts";
import type { Page } from "../../domain/staff-views.ts";
import type { FormFailure } from "../console/failure.ts";
import { DeliveriesTable } from "./deliveries-table.tsx";
import { NewSecret } from "./new-secret.tsx";
import { type TypedWebhook, WebhookForm } from "./webhook-form.tsx";
import { WebhookStatusBadge } from "./webhooks-page.tsx";

export interface WebhookPageProps {
  studyId: string;
  webhook: WebhookRow;
  deliveries: Page<DeliveryRow>;
  nowMs: number;
  submissionId: string;
  failure: FormFailure | null;
  typed: TypedWebhook | null;
  done: string | null;
  /** A new one, shown this once. */
  secret: string | null;
}

export function WebhookPage(props: WebhookPageProps) {
  const { studyId, webhook, deliveries, nowMs, submissionId, failure, typed, done, secret } = props;
  const inForm = failure !== null && Object.keys(failure.fields).length > 0;
  const disabled = webhook.status === "disabled";
  return (
    <div className="grid grid-cols-1 gap-5">
      <p className="text-sm">
        <Link to={paths.studyWebhooks(studyId)} className="text-accent-ink hover:underline">
          All webhooks
        </Link>
      </p>
      {failure && !inForm && <Alert tone="danger">{failure.message}</Alert>}
      {done && <Alert tone="success">{done}</Alert>}
      {secret && <NewSecret secret={secret} />}
      {disabled && (
        <Alert tone="danger" title="Nothing is sent">
          {webhook.disabledReason ?? "It is disabled."} Events of this time are not told later.
        </Alert>
      )}
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid grid-cols-1 gap-5">
          <Card title={<span className="break-all">{webhook.url}</span>}>
            <DefinitionList
              columns={1}
              items={[
                { term: "Status", value: <WebhookStatusBadge webhook={webhook} /> },
                { term: "Added", value: <Time atMs={webhook.createdAtMs} /> },
                {
                  term: "Failing since",
                  value: webhook.failingSinceMs === null ? "–" : <Time atMs={webhook.failingSinceMs} />,
                },
                {
                  term: "Old secret signs until",
                  value: webhook.oldSecretUntilMs === null ? "–" : <Time atMs={webhook.oldSecretUntilMs} />,
                },
              ]}
            />
            <div className="mt-4 flex flex-wrap gap-2">
              {!disabled && <Act intent="test" label="Send a test" submissionId={`${submissionId}-t`} />}
              <Act intent="rotate" label="New secret" submissionId={`${submissionId}-r`} />
              {disabled ? (
                <Act intent="enable" label="Enable" submissionId={`${submissionId}-e`} />
              ) : (
                <Act intent="disable" label="Disable" submissionId={`${submissionId}-d`} />
              )}
              <Form method="post" action={paths.studyWebhooks(studyId)}>
                <input type="hidden" name="submissionId" value={`${submissionId}-x`} />
                <input type="hidden" name="webhookId" value={webhook.webhookId} />
                <Button type="submit" name="intent" value="delete" variant="danger" size="sm">
                  Delete with its messages
                </Button>
              </Form>
            </div>
          </Card>
          <DeliveriesTable deliveries={deliveries} nowMs={nowMs} submissionId={submissionId} />
        </div>
        <WebhookForm
          title="Settings"
          submit={{ intent: "save", label: "Save" }}
          submissionId={submissionId}
          values={inForm && typed ? typed : webhook}
          fields={failure?.fields ?? {}}
          sent={null}
        />
      </div>
    </div>
  );
}

function Act({ intent, label, submissionId }: { intent: string; label: string; submissionId: string }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="submissionId" value={submissionId} />
      <Button type="submit" name="intent" value={intent} size="sm">
        {label}
      </Button>
    </Form>
  );
}
