import { Form } from "react-router";
import { StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Popover } from "../../components/popover.tsx";
import { Time } from "../../components/time.tsx";
import { SCOPE_TEXTS } from "../../domain/consent.ts";
import type { YourDataView } from "../../domain/rater-views.ts";

export interface StudyConsentProps {
  study: YourDataView["studies"][number];
  submissionId: string;
  pending: boolean;
}

/** One study that a rater belongs to: each consent with its time, and the way out. */
export function StudyConsent({ study, submissionId, pending }: StudyConsentProps) {
  const { studyId, studyName, joinedAtMs, withdrawnAtMs, consents } = study;
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="font-semibold">{studyName}</h3>
          <p className="text-sm text-muted">
            Member since <Time atMs={joinedAtMs} show="date" />
          </p>
        </div>
        {withdrawnAtMs === null ? (
          <Withdraw {...{ studyId, studyName, submissionId, pending }} />
        ) : (
          <StatusBadge status="withdrawn" />
        )}
      </div>
      {consents.length === 0 && (
        <p className="mt-3 text-sm text-muted">This study has not asked you for consent.</p>
      )}
      {consents.map((consent) => (
        <div key={consent.version} className="mt-3 text-sm">
          <p>
            You agreed to version {consent.version} on <Time atMs={consent.givenAtMs} />
            {consent.withdrawnAtMs !== null && (
              <>
                {" "}
                and withdrew on <Time atMs={consent.withdrawnAtMs} />
              </>
            )}
            :
          </p>
          <ul className="mt-1 grid list-disc gap-0.5 pl-5 text-muted">
            {consent.scopes.map((scope) => (
              <li key={scope}>{SCOPE_TEXTS[scope]}</li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}

type WithdrawProps = { studyId: string; studyName: string; submissionId: string; pending: boolean };

/** With a second look: it cannot be undone. */
function Withdraw({ studyId, studyName, submissionId, pending }: WithdrawProps) {
  return (
    <Popover
      id={`withdraw-${studyId}`}
      label={`Withdraw from ${studyName}`}
      trigger="Withdraw"
      variant="secondary"
      placement="center"
      width="w-96"
    >
      <Form method="post" className="grid gap-3">
        <p className="font-semibold">Withdraw from “{studyName}”?</p>
        <ul className="grid list-disc gap-1 pl-5 text-sm text-muted">
          <li>A task that is under way ends, and you get no more of this study.</li>
          <li>Your work is left out of everything that is exported from now on.</li>
          <li>What you have earned stays earned.</li>
          <li>Data sets that were made before cannot be called back. This cannot be undone.</li>
        </ul>
        <input type="hidden" name="studyId" value={studyId} />
        <input type="hidden" name="submissionId" value={`${submissionId}-${studyId.slice(-8)}`} />
        <Button type="submit" name="intent" value="withdraw" variant="danger" pending={pending}>
          Withdraw from this study
        </Button>
      </Form>
    </Popover>
  );
}
