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
import { Disclosure } from "../results/disclosure.tsx";
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
          </Card>
          <DeliveriesTable deliveries={deliveries} nowMs={nowMs} submissionId={submissionId} />
          <Disclosure title="Delete this webhook">
            <Form
              method="post"
              action={paths.studyWebhooks(studyId)}
              className="grid justify-items-start gap-3 p-3"
            >
              <p className="text-sm">
                Nothing is sent to it any more, and the record of its messages goes with it. This cannot be
                taken back; to stop it for a while, disable it.
              </p>
              <input type="hidden" name="submissionId" value={`${submissionId}-x`} />
              <input type="hidden" name="webhookId" value={webhook.webhookId} />
              <Button type="submit" name="intent" value="delete" variant="danger" size="sm">
                Delete with its messages
              </Button>
            </Form>
          </Disclosure>
        </div>
        <WebhookForm
          title="Settings"
          submit={{ intent: "save", label: "Save" }}
          submissionId={submissionId}
          values={typed ?? webhook}
          fields={failure?.fields ?? {}}
          sent={null}
        >
          {!disabled && <Act intent="test" label="Send a test" />}
          <Act intent="rotate" label="New secret" />
          {disabled ? <Act intent="enable" label="Enable" /> : <Act intent="disable" label="Disable" />}
        </WebhookForm>
      </div>
    </div>
  );
}

/** Acts on the webhook as it is saved; what is typed meanwhile is sent along, so that it comes back. */
function Act({ intent, label }: { intent: string; label: string }) {
  return (
    <Button type="submit" name="intent" value={intent} formNoValidate>
      {label}
    </Button>
  );
}
