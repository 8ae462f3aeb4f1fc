import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import type { YourDataView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import type { FormFailure } from "../rater/offline-failure.ts";
import { AboutYouQuestions } from "./about-you-questions.tsx";
import { StudyConsent } from "./study-consent.tsx";

export interface YourDataPageProps {
  yours: YourDataView;
  /** Scheme and host of this site, for links to be copied. */
  origin: string;
  submissionId: string;
  done: string | null;
  /** A personal link that was just made. */
  link: { path: string; expiresAtMs: number } | null;
  error: FormFailure["error"] | null;
}

/** What a rater agreed to and said about themselves, with the ways to change it. */
export function YourDataPage({ yours, origin, submissionId, done, link, error }: YourDataPageProps) {
  const intent = useNavigation().formData?.get("intent");
  const { studies, questions, answers } = yours;
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-7 px-4 py-8 sm:px-6">
      <div>
        <PageHeader
          title="Your data"
          description="What you agreed to, what you said about yourself, and how you come back."
        />
        {error && (
          <Alert tone="danger">
            <FailureText error={error} />
          </Alert>
        )}
        {done && <Alert tone="success">{done}</Alert>}
      </div>
      <section className="grid gap-3">
        <h2 className="text-sm font-semibold text-muted">Studies and consent</h2>
        {studies.map((study) => (
          <StudyConsent
            key={study.studyId}
            study={study}
            submissionId={submissionId}
            pending={intent === "withdraw"}
          />
        ))}
        {studies.length === 0 && <p className="text-muted">You do not take part in a study yet.</p>}
      </section>
      {questions.length > 0 && (
        <section className="grid gap-3">
          <h2 className="text-sm font-semibold text-muted">About you</h2>
          <Form method="post" key={submissionId} className="grid gap-4">
            <input type="hidden" name="submissionId" value={`${submissionId}-about`} />
            <AboutYouQuestions questions={questions} answers={answers} />
            <div className="flex justify-end">
              <Button type="submit" name="intent" value="about-you" pending={intent === "about-you"}>
                Save these answers
              </Button>
            </div>
          </Form>
        </section>
      )}
      <section className="grid gap-3">
        <h2 className="text-sm font-semibold text-muted">Signing in</h2>
        <SignIn {...{ yours, origin, link, pending: intent === "link" }} />
      </section>
    </div>
  );
}

interface SignInProps {
  yours: YourDataView;
  origin: string;
  link: YourDataPageProps["link"];
  pending: boolean;
}

function SignIn({ yours, origin, link, pending }: SignInProps) {
  const { email, externalIds, canMakeLink } = yours.signIn;
  return (
    <Card>
      <div className="grid gap-3">
        {email && (
          <p>
            You sign in with <span className="font-medium break-all">{email}</span> and your password.
          </p>
        )}
        {externalIds.map(({ kind, externalId }) => (
          <p key={`${kind}:${externalId}`}>
            You came by a recruitment link{kind === "prolific" && " from Prolific"}, with the participant id{" "}
            <span className="font-mono text-sm break-all">{externalId}</span>. To come back, open the study
            there again. The id is kept apart from your answers.
          </p>
        ))}
        {canMakeLink && (
          <Form method="post" preventScrollReset className="grid gap-2">
            <p className="text-sm text-muted">
              To go on in another browser or on another device, make a personal link. It works once, for 24
              hours; do not give it to anybody else.
            </p>
            {link && (
              <div role="status" className="grid gap-2 rounded-md bg-sunken px-3 py-2">
                <p className="font-mono text-sm break-all select-all">{origin + link.path}</p>
                <div className="flex flex-wrap items-center gap-3">
                  <CopyButton text={origin + link.path} label="Copy the link" />
                  <span className="text-sm text-muted">
                    Works until <LocalTime atMs={link.expiresAtMs} />
                  </span>
                </div>
              </div>
            )}
            <Button type="submit" name="intent" value="link" pending={pending} className="w-fit">
              Make a personal link
            </Button>
          </Form>
        )}
      </div>
    </Card>
  );
}
