import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { Form, useNavigation } from "react-router";
import { useFormatter, useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { paths } from "../../domain/paths.ts";
import type { ArrivalView } from "../../domain/rater-views.ts";
import type { Exit } from "../../domain/recruitment.ts";
import { ExitLink } from "../rater/exit-link.tsx";
import { AccountPage } from "./account-page.tsx";

/** Why somebody has no place, and the way back to where they came from. */
export interface JoinRefusal {
  code: string;
  text: string;
  untilMs?: number;
  exit: Exit | null;
}

export interface JoinPageProps {
  arrival: ArrivalView;
  submissionId: string;
  /** Name of whoever is signed in now, where that is somebody else. */
  signedInAs: string | null;
  /** Why joining, which was tried, did not work. */
  refused: JoinRefusal | null;
}

/** Where a recruitment link leads: what the study is and one button, or the true reason why there is no place. */
export function JoinPage({ arrival, submissionId, signedInAs, refused }: JoinPageProps) {
  const t = useTranslations("onboarding.join");
  const tUi = useTranslations("ui");
  const format = useFormatter();
  const [id] = useState(submissionId);
  const pending = useNavigation().state !== "idle";
  const refusal = refused ?? (arrival.refusal && { ...arrival.refusal, exit: arrival.exit });
  const { expectedMinutes, payCents, payCurrency, payUnit } = arrival;
  const money = format.number(payCents / 100, { style: "currency", currency: payCurrency });
  if (refusal) return <Refused studyName={arrival.studyName} refusal={refusal} />;
  return (
    <AccountPage title={arrival.studyName} intro={t("intro")}>
      <dl className="grid grid-cols-2 gap-3 rounded-lg border bg-surface px-4 py-3 shadow-card">
        <div>
          <dt className="text-sm text-muted">{t("time")}</dt>
          <dd className="font-medium">{t("minutes", { minutes: String(expectedMinutes) })}</dd>
        </div>
        <div>
          <dt className="text-sm text-muted">{t("pay")}</dt>
          <dd className="font-medium tabular-nums">
            {payCents === 0 ? t("asAgreed") : payUnit === "hour" ? t("perHour", { money }) : money}
          </dd>
        </div>
      </dl>
      {signedInAs && <Alert tone="info">{t("otherAccount", { name: signedInAs })}</Alert>}
      <Form method="post" className="grid gap-3">
        <input type="hidden" name="submissionId" value={id} />
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          {tUi("continue")}
          <ArrowRight aria-hidden="true" className="size-4" />
        </Button>
        <p className="text-sm text-muted">{t("cookie")}</p>
      </Form>
    </AccountPage>
  );
}

const TITLED = [
  "BAD_LINK",
  "UNPROVEN",
  "OPENS_LATER",
  "STUDY_FULL",
  "LINK_FULL",
  "STUDY_CLOSED",
  "CLOSED_SINCE",
  "LINK_CLOSED",
  "POOL_NOT_ELIGIBLE",
  "CAP_REACHED",
  "PAUSE",
] as const;

/** Whether a reason has a title of its own. */
function isTitled(code: string): code is (typeof TITLED)[number] {
  return (TITLED as readonly string[]).includes(code);
}

function Refused({ studyName, refusal }: { studyName: string; refusal: JoinRefusal }) {
  const t = useTranslations("onboarding.join");
  const { code, text, untilMs, exit } = refusal;
  const isKnown = ["CAP_REACHED", "PAUSE", "DAILY_CAP_REACHED", "CONSENT_WITHDRAWN"].includes(code);
  return (
    <AccountPage title={t(`refused.${isTitled(code) ? code : "other"}`)} intro={studyName}>
      <div className="grid gap-2">
        <p>{text}</p>
        {untilMs !== undefined && (
          <p className="font-medium">{t.rich("from", { time: () => <LocalTime atMs={untilMs} /> })}</p>
        )}
      </div>
      {exit && <ExitLink exit={exit} />}
      {isKnown && <ButtonLink to={paths.raterHome()}>{t("seeTasks")}</ButtonLink>}
      {!exit && <p className="text-sm text-muted">{t("closePage")}</p>}
    </AccountPage>
  );
}
