import { ScrollText } from "lucide-react";
import { Form, Link, useSearchParams } from "react-router";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Select } from "../../components/inputs.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import type { AuditRow } from "../../domain/staff-views.ts";

export interface AuditListProps {
  rows: AuditRow[];
  nextCursor: string | null;
  actions: string[];
}

/** The audit log, filtered by the address and read page by page. */
export function AuditList({ rows, nextCursor, actions }: AuditListProps) {
  const [params] = useSearchParams();
  const person = params.get("person");
  const filtered = Boolean(person || params.get("action"));
  const next = new URLSearchParams(params);
  next.set("cursor", nextCursor ?? "");
  const withPerson = (userId: string) => {
    const to = new URLSearchParams(params);
    to.set("person", userId);
    to.delete("cursor");
    return { search: to.toString() };
  };
  return (
    <Card padded={false}>
      <Form
        method="get"
        key={params.toString()}
        aria-label="Filter"
        className="flex flex-wrap items-end gap-3 border-b px-5 py-3"
      >
        <Select
          label="Action"
          name="action"
          placeholder="All"
          defaultValue={params.get("action") ?? ""}
          options={actions.map((value) => ({ value, label: value }))}
          className="w-64 max-w-full"
        />
        {person && <input type="hidden" name="person" value={person} />}
        <Button type="submit">Filter</Button>
        {filtered && (
          <ButtonLink to="?" variant="ghost">
            Clear filters
          </ButtonLink>
        )}
        {person && <p className="self-center text-sm text-muted">Only what one person did</p>}
      </Form>
      {rows.length === 0 ? (
        <EmptyState icon={<ScrollText />} title={filtered ? "Nothing matches" : "Nothing yet"} />
      ) : (
        <Table
          caption="Audit log"
          head={
            <>
              <Th>When</Th>
              <Th>Who</Th>
              <Th>What</Th>
              <Th>On what</Th>
              <Th>Details</Th>
            </>
          }
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <Td className="whitespace-nowrap tabular-nums">
                <Time atMs={row.atMs} />
              </Td>
              <Td rowHeader>
                {row.actorUserId === null ? (
                  row.actorName
                ) : (
                  <Link to={withPerson(row.actorUserId)} className="text-accent-ink hover:underline">
                    {row.actorName}
                  </Link>
                )}
              </Td>
              <Td className="font-mono text-xs leading-5 whitespace-nowrap">{row.action}</Td>
              <Td className="text-xs leading-5">
                <span className="text-muted">{row.subjectType}</span>{" "}
                <span className="font-mono break-all">{row.subjectId}</span>
              </Td>
              <Td className="max-w-md min-w-56 text-xs leading-5">
                <Details data={row.data} />
              </Td>
            </tr>
          ))}
        </Table>
      )}
      {(nextCursor !== null || params.has("cursor")) && (
        <nav aria-label="Pages of the log" className="flex justify-end gap-2 border-t px-5 py-3">
          {params.has("cursor") && (
            <ButtonLink size="sm" to={{ search: withoutCursor(params) }}>
              First page
            </ButtonLink>
          )}
          {nextCursor !== null && (
            <ButtonLink size="sm" to={{ search: next.toString() }}>
              Next page
            </ButtonLink>
          )}
        </nav>
      )}
    </Card>
  );
}

function withoutCursor(params: URLSearchParams): string {
  const first = new URLSearchParams(params);
  first.delete("cursor");
  return first.toString();
}

const SHOWN_CHARACTERS = 400;

/** What belongs to an entry, as text: long values are cut. */
function Details({ data }: { data: Record<string, unknown> }) {
  const entries = Object.entries(data);
  if (entries.length === 0) return <span className="text-muted">–</span>;
  return (
    <ul>
      {entries.map(([key, value]) => {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        return (
          <li key={key} className="break-words">
            <span className="text-muted">{key}:</span>{" "}
            {text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}
          </li>
        );
      })}
    </ul>
  );
}
