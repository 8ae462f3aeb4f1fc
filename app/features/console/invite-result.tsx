import { Download } from "lucide-react";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";

/** Rows on the page; the file has all. */
const SHOWN_MAX = 500;
const NAMED_MAX = 20;

export interface NewInvitation {
  email: string;
  /** Null when the form was sent before: links are shown once. */
  path: string | null;
  expiresAtMs: number;
}

/** The links just made: shown this once, because only their hashes are stored. */
export function InviteResult({
  invitations,
  alreadyMembers,
  origin,
  filePath,
}: {
  invitations: NewInvitation[];
  alreadyMembers: string[];
  origin: string;
  /** Where the links become a file. */
  filePath: string;
}) {
  const links = invitations.flatMap(({ email, path, expiresAtMs }) =>
    path ? [{ email, url: origin + path, expiresAtMs }] : [],
  );
  return (
    <div className="grid grid-cols-1 gap-4">
      {alreadyMembers.length > 0 && (
        <Alert tone="success" title="In the study now, without a link">
          {alreadyMembers.slice(0, NAMED_MAX).join(", ")}
          {alreadyMembers.length > NAMED_MAX && ` and ${alreadyMembers.length - NAMED_MAX} more`} had a rater
          account already.
        </Alert>
      )}
      {invitations.length > links.length && (
        <Alert tone="warning">
          These invitations were made before, and links are shown only once. Invite the same addresses again
          to get new links; the old ones then stop working.
        </Alert>
      )}
      {links.length > 0 && (
        <Card
          title={`${plural(links.length, "invitation link")}: copy now`}
          description="Links are shown this once; only a fingerprint of each is stored."
          padded={false}
          actions={
            <>
              <CopyButton
                text={links.map(({ email, url }) => `${email}\t${url}`).join("\n")}
                label={links.length === 1 ? "Copy address and link" : "Copy all"}
              />
              <form method="post" action={filePath} encType="multipart/form-data">
                <input type="hidden" name="links" value={JSON.stringify(links)} />
                <Button type="submit" size="sm" icon={<Download className="size-4" />}>
                  Download CSV
                </Button>
              </form>
            </>
          }
        >
          <Table
            caption="Invitation links"
            maxHeight="max-h-112"
            head={
              <>
                <Th>E-mail</Th>
                <Th>Link</Th>
                <Th numeric>Valid until</Th>
                <Th>
                  <span className="sr-only">Copy</span>
                </Th>
              </>
            }
          >
            {invitations.slice(0, SHOWN_MAX).map(
              ({ email, path, expiresAtMs }) =>
                path && (
                  <tr key={email}>
                    <Td rowHeader>{email}</Td>
                    <Td>
                      <a href={path} className="font-mono text-xs break-all text-accent-ink hover:underline">
                        {origin}
                        {path}
                      </a>
                    </Td>
                    <Td numeric>
                      <Time atMs={expiresAtMs} show="date" />
                    </Td>
                    <Td numeric>
                      <CopyButton text={origin + path} />
                    </Td>
                  </tr>
                ),
            )}
          </Table>
          {links.length > SHOWN_MAX && (
            <p className="border-t px-5 py-3 text-sm text-muted">
              The first {SHOWN_MAX} are shown; the file has all {links.length}.
            </p>
          )}
        </Card>
      )}
    </div>
  );
}
