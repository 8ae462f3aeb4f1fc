import { Webhook } from "lucide-react";
import { Link } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { StatusBadge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatNumber } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { WebhookRow } from "../../domain/access-views.ts";
import { paths } from "../../domain/paths.ts";
import type { FormFailure } from "../console/failure.ts";
import { NewSecret } from "./new-secret.tsx";
import { type TypedWebhook, WebhookForm } from "./webhook-form.tsx";

export interface WebhooksPageProps {
  studyId: string;
  webhooks: WebhookRow[];
  nowMs: number;
  submissionId: string;
  failure: FormFailure | null;
  typed: TypedWebhook | null;
  made: { webhookId: string; secret: string } | null;
}

/** The webhooks of a study and a form for one more. */
export function WebhooksPage(props: WebhooksPageProps) {
  const { studyId, webhooks, nowMs, submissionId, failure, typed, made } = props;
  const inForm = failure !== null && Object.keys(failure.fields).length > 0;
  return (
    <div className="grid grid-cols-1 gap-5">
      {failure && !inForm && <Alert tone="danger">{failure.message}</Alert>}
      {made && <NewSecret key={made.webhookId} secret={made.secret} />}
      {webhooks
        .filter((one) => one.status === "disabled")
        .map((one) => (
          <Alert key={one.webhookId} tone="danger" title={`${hostOf(one.url)} is told nothing any more`}>
            {one.disabledReason ?? "It is disabled."}{" "}
            <Link to={paths.studyWebhook(studyId, one.webhookId)} className="underline">
              Look at its messages
            </Link>
          </Alert>
        ))}
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Card
          title="Webhooks"
          description="Messages hold pseudonymous ids only, are signed, and are tried again for a day."
          padded={false}
        >
          {webhooks.length === 0 ? (
            <EmptyState icon={<Webhook />} title="Nobody is told yet">
              Add the address of a system that should know when a task is handed in or has expired.
            </EmptyState>
          ) : (
            <Table
              caption="Webhooks"
              head={
                <>
                  <Th>Receiver</Th>
                  <Th>Status</Th>
                  <Th>Events</Th>
                  <Th numeric>Waiting</Th>
                  <Th numeric>Given up</Th>
                </>
              }
            >
              {webhooks.map((one) => (
                <tr key={one.webhookId}>
                  <Td rowHeader>
                    <Link
                      to={paths.studyWebhook(studyId, one.webhookId)}
                      className="break-all text-accent-ink hover:underline"
                    >
                      {one.url}
                    </Link>
                    {one.description && (
                      <span className="block text-xs font-normal text-muted">{one.description}</span>
                    )}
                  </Td>
                  <Td>
                    <WebhookStatusBadge webhook={one} />
                    {one.failingSinceMs !== null && (
                      <span className="mt-1 block text-xs text-muted">
                        since <Time atMs={one.failingSinceMs} agoFromMs={nowMs} />
                      </span>
                    )}
                  </Td>
                  <Td>{formatNumber(one.events.length)}</Td>
                  <Td numeric>{formatNumber(one.pending)}</Td>
                  <Td numeric>{formatNumber(one.failed)}</Td>
                </tr>
              ))}
            </Table>
          )}
        </Card>
        <WebhookForm
          title="Add a webhook"
          submit={{ intent: "create", label: "Add webhook" }}
          submissionId={submissionId}
          values={
            typed ?? { url: "", description: "", events: ["assignment.submitted", "assignment.expired"] }
          }
          fields={failure?.fields ?? {}}
          sent={made}
        />
      </div>
    </div>
  );
}

export function WebhookStatusBadge({ webhook }: { webhook: WebhookRow }) {
  if (webhook.status === "disabled") return <StatusBadge status="disabled" tone="danger" />;
  return webhook.failingSinceMs === null ? (
    <StatusBadge status="enabled" tone="success" />
  ) : (
    <StatusBadge status="failing" tone="warning" />
  );
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
