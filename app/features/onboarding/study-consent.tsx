import { Form } from "react-router";
import { useTranslations } from "use-intl";
import { StatusBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Popover } from "../../components/popover.tsx";
import { Time } from "../../components/time.tsx";
import type { YourDataView } from "../../domain/rater-views.ts";

export interface StudyConsentProps {
  study: YourDataView["studies"][number];
  submissionId: string;
  pending: boolean;
}

/** One study that a rater belongs to: each consent with its time, and the way out. */
export function StudyConsent({ study, submissionId, pending }: StudyConsentProps) {
  const t = useTranslations("onboarding.yourData");
  const tUi = useTranslations("ui");
  const tScopes = useTranslations("onboarding.consent.scopes");
  const { studyId, studyName, joinedAtMs, withdrawnAtMs, consents } = study;
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="font-semibold">{studyName}</h3>
          <p className="text-sm text-muted">
            {t.rich("memberSince", { time: () => <Time atMs={joinedAtMs} show="date" /> })}
          </p>
        </div>
        {withdrawnAtMs === null ? (
          <Withdraw {...{ studyId, studyName, submissionId, pending }} />
        ) : (
          <StatusBadge status="withdrawn" label={tUi("status.withdrawn")} />
        )}
      </div>
      {consents.length === 0 && <p className="mt-3 text-sm text-muted">{t("notAsked")}</p>}
      {consents.map((consent) => (
        <div key={consent.version} className="mt-3 text-sm">
          <p>
            {t.rich(consent.withdrawnAtMs === null ? "agreed" : "agreedAndWithdrew", {
              version: String(consent.version),
              time: () => <Time atMs={consent.givenAtMs} />,
              until: () => <Time atMs={consent.withdrawnAtMs ?? 0} />,
            })}
          </p>
          <ul className="mt-1 grid list-disc gap-0.5 pl-5 text-muted">
            {consent.scopes.map((scope) => (
              <li key={scope}>{tScopes(scope)}</li>
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
  const t = useTranslations("onboarding.yourData");
  return (
    <Popover
      id={`withdraw-${studyId}`}
      label={t("withdrawFrom", { study: studyName })}
      trigger={t("withdraw")}
      variant="secondary"
      placement="center"
      width="w-96"
    >
      <Form method="post" className="grid gap-3">
        <p className="font-semibold">{t("withdrawAsk", { study: studyName })}</p>
        <ul className="grid list-disc gap-1 pl-5 text-sm text-muted">
          <li>{t("effects.ends")}</li>
          <li>{t("effects.leftOut")}</li>
          <li>{t("effects.earned")}</li>
          <li>{t("effects.final")}</li>
        </ul>
        <input type="hidden" name="studyId" value={studyId} />
        <input type="hidden" name="submissionId" value={`${submissionId}-${studyId.slice(-8)}`} />
        <Button type="submit" name="intent" value="withdraw" variant="danger" pending={pending}>
          {t("withdrawButton")}
        </Button>
      </Form>
    </Popover>
  );
}
