import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/choices.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { SCOPE_TEXTS } from "../../domain/consent.ts";
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
  const [id] = useState(submissionId);
  const intent = useNavigation().formData?.get("intent");
  return (
    <div className="mx-auto max-w-2xl px-4 py-8 sm:px-6">
      <SetupSteps view={view} page="consent" />
      <PageHeader title="Do you want to take part?" description={view.studyName} />
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
          <legend className="mb-2 font-semibold">What you agree to</legend>
          {view.scopes.map(({ scope, required }) => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              label={SCOPE_TEXTS[scope]}
              hint={required ? "Needed to take part" : "Optional: your choice changes nothing for you"}
              error={error?.fields[scope]}
              defaultChecked={ticked.includes(scope)}
            />
          ))}
        </fieldset>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button type="submit" name="intent" value="decline" size="lg" pending={intent === "decline"}>
            I do not agree
          </Button>
          <Button
            type="submit"
            name="intent"
            value="agree"
            variant="primary"
            size="lg"
            pending={intent === "agree"}
          >
            I agree, continue
            <ArrowRight aria-hidden="true" className="size-4" />
          </Button>
        </div>
        <p className="text-sm text-muted">
          You find what you agreed to, and the way to withdraw it, on your own page “Your data”. Text version{" "}
          {view.version}.
        </p>
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
