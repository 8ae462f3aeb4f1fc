import { Inbox } from "lucide-react";
import { Form } from "react-router";
import { StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDuration } from "../../components/format.ts";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { DeliveryRow } from "../../domain/access-views.ts";
import type { Page } from "../../domain/staff-views.ts";

const TONE = { pending: "accent", delivered: "success", failed: "danger" } as const;

/** What became of each message; any can be sent once more. */
export function DeliveriesTable({
  deliveries,
  nowMs,
  submissionId,
}: {
  deliveries: Page<DeliveryRow>;
  nowMs: number;
  submissionId: string;
}) {
  return (
    <Card title="Messages" description="Kept for 30 days." padded={false}>
      {deliveries.rows.length === 0 ? (
        <EmptyState icon={<Inbox />} title="No messages yet">
          The next event that this webhook listens to appears here.
        </EmptyState>
      ) : (
        <Table
          caption="Messages"
          head={
            <>
              <Th>Message</Th>
              <Th>Status</Th>
              <Th numeric>Attempts</Th>
              <Th>Latest attempt</Th>
              <Th>
                <span className="sr-only">Action</span>
              </Th>
            </>
          }
        >
          {deliveries.rows.map((row, i) => (
            <tr key={row.deliveryId}>
              <Td rowHeader>
                {row.eventType}
                <span className="block text-xs font-normal text-muted">
                  <Time atMs={row.createdAtMs} />
                </span>
                <code className="block font-mono text-xs font-normal break-all text-muted">
                  {row.deliveryId}
                </code>
              </Td>
              <Td>
                <StatusBadge status={row.status} tone={TONE[row.status]} />
              </Td>
              <Td numeric>{row.attempts}</Td>
              <Td>
                <LatestAttempt row={row} nowMs={nowMs} />
              </Td>
              <Td numeric className="relative">
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="submissionId" value={`${submissionId}-m${i}`} />
                  <input type="hidden" name="deliveryId" value={row.deliveryId} />
                  <Button type="submit" name="intent" value="redeliver" size="sm">
                    Send again
                    <span className="sr-only"> the message {row.deliveryId}</span>
                  </Button>
                </Form>
              </Td>
            </tr>
          ))}
        </Table>
      )}
      {deliveries.total > deliveries.rows.length && (
        <Pagination
          shown={deliveries.rows.length}
          total={deliveries.total}
          nextCursor={deliveries.nextCursor}
          noun="messages"
        />
      )}
    </Card>
  );
}

function LatestAttempt({ row, nowMs }: { row: DeliveryRow; nowMs: number }) {
  if (row.lastAttemptAtMs === null) return <span className="text-muted">not yet</span>;
  return (
    <span className="text-sm">
      {row.lastError ?? `Answered ${row.lastStatus}`}
      <span className="block text-xs text-muted">
        <Time atMs={row.lastAttemptAtMs} agoFromMs={nowMs} />
        {row.lastDurationMs !== null &&
          row.lastDurationMs >= 1000 &&
          ` · ${formatDuration(row.lastDurationMs)}`}
        {row.nextAttemptAtMs !== null && (
          <>
            {" · next "}
            <Time atMs={row.nextAttemptAtMs} />
          </>
        )}
      </span>
    </span>
  );
}
