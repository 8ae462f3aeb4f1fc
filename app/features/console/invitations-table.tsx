import { Form } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { InvitationRow, Page } from "../../domain/staff-views.ts";

/** Invitations that can still be accepted; nothing when there are none. */
export function InvitationsTable({
  invitations,
  nowMs,
  submissionId,
}: {
  invitations: Page<InvitationRow>;
  nowMs: number;
  submissionId: string;
}) {
  if (invitations.rows.length === 0) return null;
  return (
    <Card
      title="Open invitations"
      description="To get a new link for somebody, invite the same address again."
      padded={false}
    >
      <Table
        caption="Open invitations"
        maxHeight="max-h-112"
        head={
          <>
            <Th>E-mail</Th>
            <Th numeric>Invited</Th>
            <Th numeric>Expires</Th>
            <Th>
              <span className="sr-only">Action</span>
            </Th>
          </>
        }
      >
        {invitations.rows.map((invitation, i) => (
          <tr key={invitation.invitationId}>
            <Td rowHeader>
              {invitation.email}
              {(invitation.name || invitation.pool) && (
                <span className="block text-xs font-normal text-muted">
                  {[invitation.name, invitation.pool && `group ${invitation.pool}`]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              )}
              {invitation.note && (
                <span className="block max-w-md text-xs font-normal text-muted">{invitation.note}</span>
              )}
            </Td>
            <Td numeric>
              <Time atMs={invitation.createdAtMs} agoFromMs={nowMs} />
            </Td>
            <Td numeric>
              <Time atMs={invitation.expiresAtMs} agoFromMs={nowMs} />
            </Td>
            <Td numeric className="relative">
              <Form method="post" preventScrollReset>
                <input type="hidden" name="submissionId" value={`${submissionId}-i${i}`} />
                <input type="hidden" name="invitationId" value={invitation.invitationId} />
                <Button type="submit" name="intent" value="revoke" size="sm">
                  Revoke
                  <span className="sr-only"> the invitation of {invitation.email}</span>
                </Button>
              </Form>
            </Td>
          </tr>
        ))}
      </Table>
      {invitations.total > invitations.rows.length && (
        <Pagination
          shown={invitations.rows.length}
          total={invitations.total}
          nextCursor={invitations.nextCursor}
          noun="open invitations"
          parameter="invitations"
        />
      )}
    </Card>
  );
}
