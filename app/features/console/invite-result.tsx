import { Alert } from "../../components/alert.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";

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
}: {
  invitations: NewInvitation[];
  alreadyMembers: string[];
  origin: string;
}) {
  const links = invitations.flatMap(({ email, path }) => (path ? [{ email, url: origin + path }] : []));
  return (
    <div className="grid grid-cols-1 gap-4">
      {alreadyMembers.length > 0 && (
        <Alert tone="success" title="In the study now, without a link">
          {alreadyMembers.join(", ")} had a rater account already.
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
            <CopyButton
              text={links.map(({ email, url }) => `${email}\t${url}`).join("\n")}
              label={links.length === 1 ? "Copy address and link" : "Copy all"}
            />
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
            {invitations.map(
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
        </Card>
      )}
    </div>
  );
}
