import { useState } from "react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { TextArea } from "../../components/inputs.tsx";
import { WordCounter } from "../../components/word-counter.tsx";
import type { TurnView } from "../../domain/rater-views.ts";
import type { TurnFailure } from "../../domain/turn.ts";
import { FailureText } from "../rater/failure-text.tsx";
import type { FormFailure } from "../rater/offline-failure.ts";
import { EmptySlate } from "./generating.tsx";
import { LookBack } from "./look-back.tsx";
import { TurnLayout } from "./turn-layout.tsx";

const SAVED = "Your prompt and all your choices are saved.";

/** What to tell a rater, who need not know what a model is. */
const WORDS: Record<TurnFailure, { title: string; text: string }> = {
  fault: {
    title: "The images could not be made",
    text: `${SAVED} Images that are already there are kept. Try again; if it keeps failing, use “Report a problem” above.`,
  },
  deadline: {
    title: "This is taking too long",
    text: `${SAVED} Images that are already there are kept. Try again, or come back later: the task waits for you.`,
  },
  blocked: {
    title: "A safety filter stopped these images",
    text: `${SAVED} Filters sometimes stop harmless ideas too. Try again; if it keeps happening, use “Report a problem” above, or give the task back without a penalty.`,
  },
  spend_cap: {
    title: "This study is taking a break",
    text: `No new images can be made at the moment; the people who run the study can see this. ${SAVED} Please come back later and try again.`,
  },
  cancelled: {
    title: "This turn was stopped when you left",
    text: `${SAVED} Go on whenever you like.`,
  },
};

const REWRITE = {
  prompt: {
    label: "Your prompt",
    text: "A safety filter stopped your prompt. That happens with harmless ideas too. Say it differently, or describe something else, and send it again.",
    button: "Send the new prompt",
  },
  critique: {
    label: "What should change?",
    text: "A safety filter stopped your remark. That happens with harmless ideas too. Say it differently, or leave it empty, and send it again. Your choice stands.",
    button: "Send the new remark",
  },
};

export interface FailedTurnProps {
  view: TurnView;
  submissionId: string;
  error: FormFailure["error"] | null;
}

/** A turn whose generation gave up: nothing is lost, and it can be tried again, with other words where words stopped it. */
export function FailedTurn({ view, submissionId, error }: FailedTurnProps) {
  const [id] = useState(submissionId);
  const pending = useNavigation().state !== "idle";
  const { rewrite } = view;
  const words = WORDS[view.failure ?? "fault"];
  return (
    <TurnLayout view={view} slate={<EmptySlate view={view} readyImages={0} />}>
      <Form method="post" className="grid gap-4 p-1">
        <Alert
          tone={view.failure === "spend_cap" ? "warning" : "danger"}
          title={rewrite ? "These words cannot be used" : words.title}
        >
          {rewrite ? REWRITE[rewrite.field].text : words.text}
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
          {rewrite ? REWRITE[rewrite.field].button : "Try again"}
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
  const [text, setText] = useState(rewrite.text);
  return (
    <TextArea
      label={REWRITE[rewrite.field].label}
      name="text"
      rows={2}
      required={rewrite.field === "prompt"}
      autoComplete="off"
      defaultValue={rewrite.text}
      onChange={(event) => setText(event.target.value)}
      error={error}
      aside={<WordCounter text={text} max={rewrite.maxWords} />}
    />
  );
}
