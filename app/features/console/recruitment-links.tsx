import { Form } from "react-router";
import { Badge, StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { plural } from "../../components/format.ts";
import { Time } from "../../components/time.tsx";
import type { RecruitmentLinkRow } from "../../domain/staff-views.ts";

export interface RecruitmentLinksProps {
  links: readonly RecruitmentLinkRow[];
  /** Scheme and host of this site. */
  origin: string;
  submissionId: string;
}

/** The addresses by which people of a panel come, with how many came, and the switch of each. */
export function RecruitmentLinks({ links, origin, submissionId }: RecruitmentLinksProps) {
  return (
    <Card
      title="Recruitment links"
      description="Whoever opens one of these with a participant id gets an account without a password."
      padded={false}
    >
      {links.length === 0 && (
        <EmptyState title="No links yet">Make one to recruit on Prolific or on another panel.</EmptyState>
      )}
      <ul className="divide-y">
        {links.map((link) => (
          <li key={link.linkId} className="grid gap-2 px-5 py-4">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h3 className="font-medium">{link.kind === "prolific" ? "Prolific" : "Other panel"}</h3>
              <StatusBadge status={link.status} />
              {link.pool && <Badge>Group {link.pool}</Badge>}
              {link.trustsIds && <Badge tone="warning">Ids are trusted</Badge>}
              <span className="ml-auto text-sm text-muted tabular-nums">
                {plural(link.arrived, "person", "people")}
                {link.maxRaters !== null && ` of at most ${link.maxRaters}`} · made{" "}
                <Time atMs={link.createdAtMs} show="date" />
              </span>
            </div>
            <p className="rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all select-all">
              {origin + link.path}
            </p>
            <div className="flex flex-wrap gap-2">
              <CopyButton text={origin + link.path} label="Copy the address" />
              <Form method="post" preventScrollReset>
                <input type="hidden" name="linkId" value={link.linkId} />
                <input type="hidden" name="submissionId" value={`${submissionId}-${link.linkId.slice(-8)}`} />
                <Button
                  type="submit"
                  size="sm"
                  variant="ghost"
                  name="intent"
                  value={link.status === "open" ? "close" : "open"}
                >
                  {link.status === "open" ? "Close to new people" : "Open again"}
                </Button>
              </Form>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
