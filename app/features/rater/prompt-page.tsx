import { ArrowRight, Lightbulb } from "lucide-react";
import { type ChangeEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Form, Link, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { TextArea } from "../../components/inputs.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { WordCounter } from "../../components/word-counter.tsx";
import { paths } from "../../domain/paths.ts";
import type { PromptView } from "../../domain/rater-views.ts";
import { countWords } from "../../domain/words.ts";
import { SetupSteps } from "../onboarding/setup-steps.tsx";
import { FailureText } from "./failure-text.tsx";
import type { FormFailure } from "./offline-failure.ts";
import { ConflictPanel } from "./outbox/conflict-panel.tsx";
import { useOutbox } from "./outbox/use-outbox.ts";
import { useProblemText } from "./problem-text.ts";
import { SaveIndicator } from "./save-indicator.tsx";
import { WorkSession } from "./work-session.tsx";

export interface PromptPageProps {
  view: PromptView;
  submissionId: string;
  error: FormFailure["error"] | null;
  /** What a refused form held. */
  typed: string | null;
}

/** Where the session's prompt comes from: the rater's own idea, an idea on a theme, or a prompt that is given. */
export function PromptPage(props: PromptPageProps) {
  const { assignmentId, promptMode } = props.view;
  return (
    <>
      <WorkSession assignmentId={assignmentId} phase="prompt" turnNumber={null} waiting={false} />
      {promptMode === "given" ? <GivenPrompt {...props} /> : <OwnPrompt {...props} />}
    </>
  );
}

/** A prompt that is part of the study: to be read, not changed. */
function GivenPrompt({ view, submissionId, error }: PromptPageProps) {
  const t = useTranslations("session.prompt");
  const [id] = useState(submissionId);
  const pending = useNavigation().formData?.has("prompt") ?? false;
  return (
    <div className="mx-auto max-w-2xl px-4 py-8 sm:px-6 sm:py-12">
      <SetupSteps view={view} page="prompt" />
      <PageHeader title={t("givenTitle")} description={t("givenIntro", { turns: view.horizon })} />
      <Form method="post" className="grid gap-5">
        {error && (
          <Alert tone="danger">
            <FailureText error={error} />
          </Alert>
        )}
        <input type="hidden" name="submissionId" value={id} />
        <input type="hidden" name="prompt" value={view.promptCue} />
        <div>
          <p className="text-sm font-medium">{t("label")}</p>
          <p className="mt-1 rounded-md border bg-sunken px-4 py-3 text-xl leading-snug">{view.promptCue}</p>
        </div>
        <div className="flex justify-end">
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            {t("submit")}
            <ArrowRight aria-hidden="true" className="size-4" />
          </Button>
        </div>
      </Form>
      <p className="mt-4 text-sm text-muted">
        <InstructionsLink view={view} />
      </p>
    </div>
  );
}

function InstructionsLink({ view }: { view: PromptView }) {
  const t = useTranslations("session.prompt");
  return (
    <Link to={paths.instructions(view.assignmentId)} className="underline hover:text-text">
      {t("again")}
    </Link>
  );
}

/** One specific thing the rater really wants to see. */
function OwnPrompt({ view, submissionId, error, typed }: PromptPageProps) {
  const t = useTranslations("session.prompt");
  const tSession = useTranslations("session");
  const problemText = useProblemText();
  const [id] = useState(submissionId);
  const [text, setText] = useState(typed ?? view.draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const outbox = useOutbox(view.assignmentId, view.saved, ["prompt"], (_, value) => show(value));
  const pending = useNavigation().formData?.has("prompt") ?? false;
  const count = countWords(text);

  // Whatever was typed before scripts arrived counts.
  useEffect(() => {
    if (field.current) setText(field.current.value);
  }, []);

  function change(event: ChangeEvent<HTMLTextAreaElement>) {
    setText(event.target.value);
    outbox.change("prompt", event.target.value);
  }
  function show(value: string) {
    // What a refused form held is newer than anything that was kept before it.
    if (typed !== null || !field.current) return;
    field.current.value = value;
    setText(value);
  }
  function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  }

  return (
    <div className="mx-auto max-w-2xl px-4 py-8 sm:px-6 sm:py-12">
      <SetupSteps view={view} page="prompt" />
      <PageHeader title={t("title")} description={t("intro", { max: view.maxWords, turns: view.horizon })} />
      {view.promptMode === "cue" && (
        <div className="mb-5 rounded-md border-l-4 border-accent bg-accent-soft px-4 py-3 text-accent-ink">
          <p className="text-sm font-medium">{t("theme")}</p>
          <p className="text-lg leading-snug">{view.promptCue}</p>
          <p className="mt-1 text-sm">{t("themeHint")}</p>
        </div>
      )}
      <Form method="post" className="grid gap-5">
        {error && Object.keys(error.fields).length === 0 && (
          <Alert tone="danger">
            <FailureText error={error} />
          </Alert>
        )}
        <input type="hidden" name="submissionId" value={id} />
        <TextArea
          ref={field}
          label={t("label")}
          name="prompt"
          rows={2}
          required
          autoComplete="off"
          defaultValue={typed ?? view.draft}
          onChange={change}
          onKeyDown={submitOnEnter}
          error={error?.fields.prompt && problemText(error.fields.prompt, typed ?? "", view.maxWords)}
          inputClassName="text-xl leading-snug px-4 py-3"
          aside={<WordCounter text={text} max={view.maxWords} />}
        />
        <ConflictPanel
          conflicts={outbox.conflicts}
          describe={(_, value) => ({ name: t("label"), value })}
          onResolve={(field, keep) => show(outbox.resolve(field, keep) ?? "")}
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <SaveIndicator outbox={outbox} />
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            {t("submit")}
            <ArrowRight aria-hidden="true" className="size-4" />
          </Button>
        </div>
      </Form>
      <div aria-live="polite" className="mt-4 min-h-11">
        {count > 0 && count <= 2 && (
          <Alert tone="info" live={false}>
            {t("general")}
          </Alert>
        )}
      </div>
      <section className="mt-4 grid gap-2 text-sm text-muted">
        <h2 className="flex items-center gap-2 font-semibold text-text">
          <Lightbulb aria-hidden="true" className="size-4" />
          {t("descriptive")}
        </h2>
        <ul className="grid gap-1">
          {(["temple", "cat", "lighthouse"] as const).map((example) => (
            <li key={example}>{tSession("quoted", { text: tSession(`examples.${example}`) })}</li>
          ))}
        </ul>
        <p>
          <InstructionsLink view={view} />
        </p>
      </section>
    </div>
  );
}
