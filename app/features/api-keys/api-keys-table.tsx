import { KeyRound } from "lucide-react";
import { Form } from "react-router";
import { StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { ApiKeyRow } from "../../domain/access-views.ts";
import type { Page } from "../../domain/staff-views.ts";

/** Keys with their scopes and latest use; each can be revoked. */
export function ApiKeysTable({
  keys,
  nowMs,
  submissionId,
  showOwner,
}: {
  keys: Page<ApiKeyRow>;
  nowMs: number;
  submissionId: string;
  showOwner: boolean;
}) {
  if (keys.rows.length === 0) {
    return (
      <Card title="Keys" padded={false}>
        <EmptyState icon={<KeyRound />} title="No API keys yet">
          Make one to let a script read progress, invite raters or fetch exports.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title="Keys" padded={false}>
      <Table
        caption="API keys"
        head={
          <>
            <Th>Key</Th>
            {showOwner && <Th>Owner</Th>}
            <Th>Status</Th>
            <Th>May</Th>
            <Th numeric>Last used</Th>
            <Th numeric>Expires</Th>
            <Th>
              <span className="sr-only">Action</span>
            </Th>
          </>
        }
      >
        {keys.rows.map((key, i) => (
          <tr key={key.keyId}>
            <Td rowHeader>
              {key.name}
              <code className="block font-mono text-xs font-normal text-muted">{key.prefix}…</code>
            </Td>
            {showOwner && <Td>{key.ownerName}</Td>}
            <Td>
              <StatusBadge status={key.state} tone={TONE[key.state]} />
            </Td>
            <Td>
              <Scopes row={key} />
            </Td>
            <Td numeric>
              {key.lastUsedAtMs === null ? "never" : <Time atMs={key.lastUsedAtMs} agoFromMs={nowMs} />}
            </Td>
            <Td numeric>
              {key.expiresAtMs === null ? "never" : <Time atMs={key.expiresAtMs} show="date" />}
            </Td>
            <Td numeric className="relative">
              {key.state === "active" && (
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="submissionId" value={`${submissionId}-k${i}`} />
                  <input type="hidden" name="keyId" value={key.keyId} />
                  <Button type="submit" name="intent" value="revoke" size="sm">
                    Revoke
                    <span className="sr-only"> the key {key.name}</span>
                  </Button>
                </Form>
              )}
            </Td>
          </tr>
        ))}
      </Table>
      {keys.total > keys.rows.length && (
        <Pagination shown={keys.rows.length} total={keys.total} nextCursor={keys.nextCursor} noun="keys" />
      )}
    </Card>
  );
}

const TONE = { active: "success", expired: "warning", revoked: "neutral" } as const;

/** The scopes that count; those that the owner's role no longer has are struck out, and said to be. */
function Scopes({ row }: { row: ApiKeyRow }) {
  return (
    <ul className="flex max-w-80 flex-wrap gap-x-2 gap-y-0.5 font-mono text-xs">
      {row.scopes.map((scope) =>
        row.effectiveScopes.includes(scope) ? (
          <li key={scope}>{scope}</li>
        ) : (
          <li key={scope} className="text-muted line-through">
            {scope}
            <span className="sr-only"> (no longer possible for its owner)</span>
          </li>
        ),
      )}
    </ul>
  );
}
