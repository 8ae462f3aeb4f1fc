import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
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
  const t = useTranslations("onboarding.yourData");
  const intent = useNavigation().formData?.get("intent");
  const { studies, questions, answers } = yours;
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-7 px-4 py-8 sm:px-6">
      <div>
        <PageHeader title={t("title")} description={t("intro")} />
        {error && (
          <Alert tone="danger">
            <FailureText error={error} />
          </Alert>
        )}
        {done && <Alert tone="success">{done}</Alert>}
      </div>
      <section className="grid gap-3">
        <h2 className="text-sm font-semibold text-muted">{t("studies")}</h2>
        {studies.map((study) => (
          <StudyConsent
            key={study.studyId}
            study={study}
            submissionId={submissionId}
            pending={intent === "withdraw"}
          />
        ))}
        {studies.length === 0 && <p className="text-muted">{t("noStudies")}</p>}
      </section>
      {questions.length > 0 && (
        <section className="grid gap-3">
          <h2 className="text-sm font-semibold text-muted">{t("aboutYou")}</h2>
          <Form method="post" key={submissionId} className="grid gap-4">
            <input type="hidden" name="submissionId" value={`${submissionId}-about`} />
            <AboutYouQuestions questions={questions} answers={answers} />
            <div className="flex justify-end">
              <Button type="submit" name="intent" value="about-you" pending={intent === "about-you"}>
                {t("save")}
              </Button>
            </div>
          </Form>
        </section>
      )}
      <section className="grid gap-3">
        <h2 className="text-sm font-semibold text-muted">{t("signingIn")}</h2>
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
  const t = useTranslations("onboarding.yourData");
  const { email, externalIds, canMakeLink } = yours.signIn;
  return (
    <Card>
      <div className="grid gap-3">
        {email && (
          <p>
            {t.rich("withPassword", {
              email,
              b: (chunks) => <span className="font-medium break-all">{chunks}</span>,
            })}
          </p>
        )}
        {externalIds.map(({ kind, externalId }) => (
          <p key={`${kind}:${externalId}`}>
            {t.rich(kind === "prolific" ? "byProlific" : "byLink", {
              id: externalId,
              b: (chunks) => <span className="font-mono text-sm break-all">{chunks}</span>,
            })}
          </p>
        ))}
        {canMakeLink && (
          <Form method="post" preventScrollReset className="grid gap-2">
            <p className="text-sm text-muted">{t("linkIntro")}</p>
            {link && (
              <div role="status" className="grid gap-2 rounded-md bg-sunken px-3 py-2">
                <p className="font-mono text-sm break-all select-all">{origin + link.path}</p>
                <div className="flex flex-wrap items-center gap-3">
                  <CopyButton text={origin + link.path} label={t("copyLink")} />
                  <span className="text-sm text-muted">
                    {t.rich("worksUntil", { time: () => <LocalTime atMs={link.expiresAtMs} /> })}
                  </span>
                </div>
              </div>
            )}
            <Button type="submit" name="intent" value="link" pending={pending} className="w-fit">
              {t("makeLink")}
            </Button>
          </Form>
        )}
      </div>
    </Card>
  );
}
