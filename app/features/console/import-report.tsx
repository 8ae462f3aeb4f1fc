import { Send } from "lucide-react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { formatNumber, plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";

type Effect = "replaces" | "joins" | "member";

export interface ImportReportProps {
  good: number;
  badRows: number;
  problems: { row: number; column: string; problem: string; value: string }[];
  /** Good rows that do something else than make a first link. */
  effects: { row: number; email: string; effect: Effect }[];
  ignoredColumns: string[];
  /** The file, sent along with the decision: the server keeps nothing of it. */
  text: string;
  source: string;
  submissionId: string;
}

/** Rows of each table on the page. */
const SHOWN_MAX = 500;

const EFFECTS: Record<Effect, string> = {
  replaces: "Has an open invitation: gets a new link, and the old one stops working",
  joins: "Has an account: joins the study at once, without a link",
  member: "Is in the study already: only group and locale are taken over",
};

/** What is in the file, row by row, and the button that invites the good rows. */
export function ImportReport(props: ImportReportProps) {
  const { good, badRows, problems, effects, ignoredColumns, text, source, submissionId } = props;
  const busy = useNavigation().formData?.get("intent") === "invite";
  const rows = plural(good, badRows > 0 ? "good row" : "row");
  return (
    <>
      <Alert
        tone={badRows > 0 ? "warning" : "info"}
        title={`${plural(good, "good row")}, ${plural(badRows, "bad row")}`}
        live
      >
        <p>
          Nobody has been invited yet.
          {badRows > 0 && " Correct the file and check it again, or leave the bad rows out."}
        </p>
        {ignoredColumns.length > 0 && <p>Columns that are not read: {ignoredColumns.join(", ")}.</p>}
        {good > 0 && (
          <Form method="post" encType="multipart/form-data" className="mt-3">
            <input type="hidden" name="submissionId" value={submissionId} />
            <input type="hidden" name="agreedRows" value={good} />
            <input type="hidden" name="source" value={source} />
            <input type="hidden" name="text" value={text} />
            <Button
              type="submit"
              name="intent"
              value="invite"
              variant="primary"
              pending={busy}
              icon={<Send className="size-4" />}
            >
              Invite the {rows}
            </Button>
          </Form>
        )}
      </Alert>
      {problems.length > 0 && (
        <Card title="Bad rows" description="Row 1 is the header, as in a spreadsheet." padded={false}>
          <Table
            caption="Bad rows"
            maxHeight="max-h-112"
            head={
              <>
                <Th numeric>Row</Th>
                <Th>Column</Th>
                <Th>What is wrong</Th>
                <Th>Value</Th>
              </>
            }
          >
            {problems.slice(0, SHOWN_MAX).map((p) => (
              <tr key={`${p.row} ${p.column} ${p.problem}`}>
                <Td numeric>{p.row}</Td>
                <Td>{p.column || "(all)"}</Td>
                <Td>{p.problem}</Td>
                <Td className="font-mono text-xs break-all">{p.value || "(empty)"}</Td>
              </tr>
            ))}
          </Table>
          <Rest of={problems.length} />
        </Card>
      )}
      {effects.length > 0 && (
        <Card
          title="Good rows about people who are known here"
          description="All other good rows get a first link."
          padded={false}
        >
          <Table
            caption="Good rows about people who are known here"
            maxHeight="max-h-112"
            head={
              <>
                <Th numeric>Row</Th>
                <Th>E-mail</Th>
                <Th>What happens</Th>
              </>
            }
          >
            {effects.slice(0, SHOWN_MAX).map(({ row, email, effect }) => (
              <tr key={row}>
                <Td numeric>{row}</Td>
                <Td>{email}</Td>
                <Td>{EFFECTS[effect]}</Td>
              </tr>
            ))}
          </Table>
          <Rest of={effects.length} />
        </Card>
      )}
    </>
  );
}

function Rest({ of }: { of: number }) {
  if (of <= SHOWN_MAX) return null;
  return (
    <p className="border-t px-5 py-3 text-sm text-muted">
      The first {SHOWN_MAX} of {formatNumber(of)} are shown.
    </p>
  );
}
