import { Users } from "lucide-react";
import { Form, Link } from "react-router";
import { Badge, StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatNumber } from "../../components/format.ts";
import { Pagination } from "../../components/pagination.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { paths } from "../../domain/paths.ts";
import type { Page, StudyRaterRow } from "../../domain/staff-views.ts";

/** The raters of a study; each can be blocked from new work and let in again. */
export function MembersTable({
  studyId,
  members,
  submissionId,
}: {
  studyId: string;
  members: Page<StudyRaterRow>;
  submissionId: string;
}) {
  return (
    <Card title="Raters of this study" padded={false}>
      {members.rows.length === 0 ? (
        <EmptyState icon={<Users />} title="No raters yet">
          People appear here once they have opened their invitation link.
        </EmptyState>
      ) : (
        <>
          <Table
            caption="Raters of this study"
            head={
              <>
                <Th>Rater</Th>
                <Th>Status</Th>
                <Th numeric>Completed</Th>
                <Th numeric>At work</Th>
                <Th numeric>Added</Th>
                <Th>
                  <span className="sr-only">Action</span>
                </Th>
              </>
            }
          >
            {members.rows.map((member, i) => (
              <tr key={member.raterId}>
                <Td rowHeader>
                  <span className="flex flex-wrap items-center gap-2">
                    {member.name}
                    {member.source === "simulated" && <Badge>simulated</Badge>}
                  </span>
                  <span className="block text-xs font-normal text-muted">{member.email}</span>
                </Td>
                <Td>
                  <StatusBadge
                    status={member.status}
                    tone={member.status === "active" ? "neutral" : "danger"}
                  />
                </Td>
                <Td numeric>
                  {member.completed + member.live > 0 ? (
                    <Link
                      className="text-accent-ink hover:underline"
                      to={`${paths.studyTrajectories(studyId)}?rater=${member.raterId}`}
                      aria-label={`${member.completed} completed by ${member.name}: list`}
                    >
                      {formatNumber(member.completed)}
                    </Link>
                  ) : (
                    0
                  )}
                </Td>
                <Td numeric>{formatNumber(member.live)}</Td>
                <Td numeric>
                  <Time atMs={member.addedAtMs} show="date" />
                </Td>
                <Td numeric className="relative">
                  <BlockForm member={member} submissionId={`${submissionId}-m${i}`} />
                </Td>
              </tr>
            ))}
          </Table>
          {members.total > members.rows.length && (
            <Pagination
              shown={members.rows.length}
              total={members.total}
              nextCursor={members.nextCursor}
              noun="raters"
            />
          )}
        </>
      )}
    </Card>
  );
}

function BlockForm({ member, submissionId }: { member: StudyRaterRow; submissionId: string }) {
  const blocked = member.status === "blocked";
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="submissionId" value={submissionId} />
      <input type="hidden" name="raterId" value={member.raterId} />
      <Button type="submit" name="intent" value={blocked ? "unblock" : "block"} size="sm">
        {blocked ? "Let in again" : "Block"}
        <span className="sr-only"> {member.name}</span>
      </Button>
    </Form>
  );
}
