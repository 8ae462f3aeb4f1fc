import { useState } from "react";
import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { TextArea } from "../../components/inputs.tsx";
import { WordCounter } from "../../components/word-counter.tsx";
import type { TurnView } from "../../domain/rater-views.ts";
import { FailureText } from "../rater/failure-text.tsx";
import type { FormFailure } from "../rater/offline-failure.ts";
import { useProblemText } from "../rater/problem-text.ts";
import { EmptySlate } from "./generating.tsx";
import { LookBack } from "./look-back.tsx";
import { TurnLayout } from "./turn-layout.tsx";

export interface FailedTurnProps {
  view: TurnView;
  submissionId: string;
  error: FormFailure["error"] | null;
}

/** A turn whose generation gave up: nothing is lost, and it can be tried again, with other words where words stopped it. */
export function FailedTurn({ view, submissionId, error }: FailedTurnProps) {
  const [id] = useState(submissionId);
  const pending = useNavigation().state !== "idle";
  const t = useTranslations("turn.failed");
  const { rewrite } = view;
  const failure = view.failure ?? "fault";
  return (
    <TurnLayout view={view} slate={<EmptySlate view={view} readyImages={0} />}>
      <Form method="post" className="grid gap-4 p-1">
        <Alert
          tone={view.failure === "spend_cap" ? "warning" : "danger"}
          title={rewrite ? t("wordsTitle") : t(`${failure}.title`)}
        >
          {rewrite ? t(`${rewrite.field}.text`) : t(`${failure}.text`)}
        </Alert>
        {error && Object.keys(error.fields).length === 0 && (
          <Alert tone="danger">
            <FailureText error={error} />
          </Alert>
        )}
        {rewrite && <Rewrite rewrite={rewrite} error={error?.fields.text} />}
        <input type="hidden" name="intent" value={rewrite ? "rewrite" : "retry"} />
        <input type="hidden" name="submissionId" value={id} />
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          {rewrite ? t(`${rewrite.field}.button`) : t("tryAgain")}
        </Button>
        <LookBack past={view.past} />
      </Form>
    </TurnLayout>
  );
}

function Rewrite({
  rewrite,
  error,
}: {
  rewrite: NonNullable<TurnView["rewrite"]>;
  error: string | undefined;
}) {
  const t = useTranslations("turn.failed");
  const problemText = useProblemText();
  const [text, setText] = useState(rewrite.text);
  return (
    <TextArea
      label={t(`${rewrite.field}.label`)}
      name="text"
      rows={2}
      required={rewrite.field === "prompt"}
      autoComplete="off"
      defaultValue={rewrite.text}
      onChange={(event) => setText(event.target.value)}
      error={error && problemText(error, text, rewrite.maxWords)}
      aside={<WordCounter text={text} max={rewrite.maxWords} />}
    />
  );
}
