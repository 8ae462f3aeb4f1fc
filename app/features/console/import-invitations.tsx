import { Form } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";

export interface ImportInvitationsProps {
  submissionId: string;
  /** What was read from the last file sent; nobody has been invited by it. */
  file: {
    emails: string[];
    bad: { row: number; problem: string; value: string }[];
    ignoredColumns: string[];
  } | null;
  error?: string;
}

/** Reads a CSV file and reports on it; people are invited by a second, deliberate step. */
export function ImportInvitations({ submissionId, file, error }: ImportInvitationsProps) {
  return (
    <Card
      title="Invite from a CSV file"
      description="The first row names the columns; the one called “email” is read. You see a report before anybody is invited."
    >
      <Form method="post" encType="multipart/form-data" className="grid gap-3" preventScrollReset>
        <label className="grid gap-1 text-sm font-medium">
          CSV file
          <input
            type="file"
            name="file"
            accept=".csv,.txt,.tsv,text/csv"
            required
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? "import-error" : undefined}
            className="min-w-0 max-w-full text-sm font-normal"
          />
        </label>
        {error && (
          <Alert tone="danger" id="import-error">
            {error}
          </Alert>
        )}
        <div>
          <Button type="submit" name="intent" value="read-file">
            Check the file
          </Button>
        </div>
      </Form>
      {file && <Report file={file} submissionId={submissionId} />}
    </Card>
  );
}

function Report({
  file,
  submissionId,
}: {
  file: NonNullable<ImportInvitationsProps["file"]>;
  submissionId: string;
}) {
  const { emails, bad, ignoredColumns } = file;
  const good = plural(emails.length, "good row");
  return (
    <div className="mt-4 grid gap-3">
      <Alert tone={bad.length > 0 ? "warning" : "info"}>
        {good}, {plural(bad.length, "bad row")}. Nobody has been invited yet.
        {ignoredColumns.length > 0 && ` Columns that are not read: ${ignoredColumns.join(", ")}.`}
      </Alert>
      {bad.length > 0 && (
        <Table
          caption="Bad rows"
          maxHeight="max-h-112"
          head={
            <>
              <Th numeric>Row</Th>
              <Th>What is wrong</Th>
              <Th>Value of “email”</Th>
            </>
          }
        >
          {bad.map((b) => (
            <tr key={b.row}>
              <Td numeric>{b.row}</Td>
              <Td>{b.problem}</Td>
              <Td>{b.value || "(empty)"}</Td>
            </tr>
          ))}
        </Table>
      )}
      {emails.length > 0 && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="submissionId" value={submissionId} />
          <input type="hidden" name="emails" value={emails.join("\n")} />
          <Button type="submit" name="intent" value="invite" variant="primary">
            Invite the {good}
          </Button>
        </Form>
      )}
    </div>
  );
}
