import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { formatMoney } from "../../components/format.ts";
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
  const [id] = useState(submissionId);
  const pending = useNavigation().state !== "idle";
  const refusal = refused ?? (arrival.refusal && { ...arrival.refusal, exit: arrival.exit });
  const { expectedMinutes, payCents, payCurrency, payUnit } = arrival;
  if (refusal) return <Refused studyName={arrival.studyName} refusal={refusal} />;
  return (
    <AccountPage title={arrival.studyName} intro="You describe a picture and choose among images in turns.">
      <dl className="grid grid-cols-2 gap-3 rounded-lg border bg-surface px-4 py-3 shadow-card">
        <div>
          <dt className="text-sm text-muted">Time</dt>
          <dd className="font-medium">About {expectedMinutes} min</dd>
        </div>
        <div>
          <dt className="text-sm text-muted">Pay</dt>
          <dd className="font-medium tabular-nums">
            {payCents === 0
              ? "As agreed with your panel"
              : `${formatMoney(payCents, payCurrency)}${payUnit === "hour" ? " an hour" : ""}`}
          </dd>
        </div>
      </dl>
      {signedInAs && (
        <Alert tone="info">
          You are signed in as {signedInAs}. If you go on, you are signed out there and take part with your
          participant id.
        </Alert>
      )}
      <Form method="post" className="grid gap-3">
        <input type="hidden" name="submissionId" value={id} />
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          Continue
          <ArrowRight aria-hidden="true" className="size-4" />
        </Button>
        <p className="text-sm text-muted">
          A cookie keeps you signed in on this device. Your participant id is kept apart from your answers.
        </p>
      </Form>
    </AccountPage>
  );
}

const TITLES: Record<string, string> = {
  BAD_LINK: "This link is not complete",
  UNPROVEN: "This participant id is in use",
  OPENS_LATER: "This study is not open yet",
  STUDY_FULL: "This study is full",
  LINK_FULL: "This study is full",
  STUDY_CLOSED: "This study has ended",
  CLOSED_SINCE: "This study has ended",
  LINK_CLOSED: "This link is closed",
  POOL_NOT_ELIGIBLE: "This study is not for your group",
  CAP_REACHED: "You have done all your tasks",
  PAUSE: "Time for a break",
};

function Refused({ studyName, refusal }: { studyName: string; refusal: JoinRefusal }) {
  const { code, text, untilMs, exit } = refusal;
  const isKnown = ["CAP_REACHED", "PAUSE", "DAILY_CAP_REACHED", "CONSENT_WITHDRAWN"].includes(code);
  return (
    <AccountPage title={TITLES[code] ?? "You cannot take part now"} intro={studyName}>
      <div className="grid gap-2">
        <p>{text}</p>
        {untilMs !== undefined && (
          <p className="font-medium">
            From <LocalTime atMs={untilMs} /> on.
          </p>
        )}
      </div>
      {exit && <ExitLink exit={exit} />}
      {isKnown && <ButtonLink to={paths.raterHome()}>See your tasks</ButtonLink>}
      {!exit && <p className="text-sm text-muted">You can close this page.</p>}
    </AccountPage>
  );
}
