import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/choices.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import type { ConsentView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import type { FormFailure } from "../rater/offline-failure.ts";
import { SetupSteps } from "./setup-steps.tsx";

export interface ConsentPageProps {
  view: ConsentView;
  submissionId: string;
  error: FormFailure["error"] | null;
  /** What a refused form had ticked. */
  ticked: readonly string[];
}

/** Asks for consent: the text, a box per scope (never ticked for anybody), and a way out that costs nothing. */
export function ConsentPage({ view, submissionId, error, ticked }: ConsentPageProps) {
  const t = useTranslations("onboarding.consent");
  const [id] = useState(submissionId);
  const intent = useNavigation().formData?.get("intent");
  return (
    <div className="mx-auto max-w-2xl px-4 py-8 sm:px-6">
      <SetupSteps view={view} page="consent" />
      <PageHeader title={t("title")} description={view.studyName} />
      <Card>
        <div className="grid gap-3">
          {paragraphs(view.text).map((text) => (
            <p key={text} className="max-w-prose whitespace-pre-line">
              {text}
            </p>
          ))}
        </div>
      </Card>
      <Form method="post" noValidate className="mt-6 grid gap-5">
        <input type="hidden" name="submissionId" value={id} />
        {error && (
          <Alert tone="danger">
            <FailureText error={error} />
          </Alert>
        )}
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-semibold">{t("whatYouAgreeTo")}</legend>
          {view.scopes.map(({ scope, required }) => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              label={t(`scopes.${scope}`)}
              hint={t(required ? "needed" : "optional")}
              error={error?.fields[scope]}
              defaultChecked={ticked.includes(scope)}
            />
          ))}
        </fieldset>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button type="submit" name="intent" value="decline" size="lg" pending={intent === "decline"}>
            {t("decline")}
          </Button>
          <Button
            type="submit"
            name="intent"
            value="agree"
            variant="primary"
            size="lg"
            pending={intent === "agree"}
          >
            {t("agree")}
            <ArrowRight aria-hidden="true" className="size-4" />
          </Button>
        </div>
        <p className="text-sm text-muted">{t("later", { version: String(view.version) })}</p>
      </Form>
    </div>
  );
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
