import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import type { AboutYouView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import type { FormFailure } from "../rater/offline-failure.ts";
import { AboutYouQuestions } from "./about-you-questions.tsx";
import { SetupSteps } from "./setup-steps.tsx";

export interface AboutYouPageProps {
  view: AboutYouView;
  submissionId: string;
  error: FormFailure["error"] | null;
}

/** A few optional questions, asked once. */
export function AboutYouPage({ view, submissionId, error }: AboutYouPageProps) {
  const t = useTranslations("onboarding.aboutYou");
  const tUi = useTranslations("ui");
  const [id] = useState(submissionId);
  const pending = useNavigation().formData?.has("submissionId") ?? false;
  return (
    <div className="mx-auto max-w-2xl px-4 py-8 sm:px-6">
      <SetupSteps view={view} page="about_you" />
      <PageHeader title={t("title")} description={t("intro")} />
      <Form method="post" className="grid gap-5">
        <input type="hidden" name="submissionId" value={id} />
        {error && (
          <Alert tone="danger">
            <FailureText error={error} />
          </Alert>
        )}
        <AboutYouQuestions questions={view.questions} answers={view.answers} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm text-muted">{t("blank")}</p>
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            {tUi("continue")}
            <ArrowRight aria-hidden="true" className="size-4" />
          </Button>
        </div>
      </Form>
    </div>
  );
}
