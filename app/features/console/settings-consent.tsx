import { useRef } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field.tsx";
import { Select } from "../../components/inputs.tsx";
import { ABOUT_YOU_TEXTS } from "../../domain/about-you.ts";
import { CONSENT_TEXT_DRAFT, SCOPE_TEXTS } from "../../domain/consent.ts";
import { OPTIONAL_PHASES } from "../../domain/phase.ts";
import { ABOUT_YOU_QUESTIONS } from "../../domain/study-parts.ts";
import { CONSENT_SCOPES } from "../../domain/vocabulary.ts";
import {
  errorAt,
  LongTextSetting,
  NumberSetting,
  Section,
  SwitchSetting,
  useSettings,
} from "./settings-controls.tsx";
import { PHASE_LABELS, SCOPE_LABELS, SETTING_LABELS } from "./settings-labels.ts";

const PHASE_HINTS: Record<string, string> = {
  consent: "Asked before anything else, and again when the version of the text rises.",
  about_you: "The questions chosen below. Each can be answered with “prefer not to say”.",
  practice: "One turn with fixed pictures that explains “judge by the best image”. It is no study data.",
};

export function StepsSection({ onChange }: { onChange: () => void }) {
  const { errors } = useSettings();
  return (
    <Section id="steps" description="What raters do before their first task.">
      {OPTIONAL_PHASES.map((phase) => (
        <SwitchSetting
          key={phase}
          path={`optionalPhases.${phase}`}
          label={PHASE_LABELS[phase]}
          hint={PHASE_HINTS[phase]}
        />
      ))}
      {errors.optionalPhases && <FieldError>{errors.optionalPhases}</FieldError>}
      <ConsentText onChange={onChange} />
      <Scopes />
    </Section>
  );
}

function ConsentText({ onChange }: { onChange: () => void }) {
  const { typed } = useSettings();
  const text = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <LongTextSetting
        path="consent.text"
        ref={text}
        hint="Plain text; an empty line starts a paragraph. You answer for what it says."
        rows={10}
        maxLength={20_000}
        className="sm:col-span-2"
      />
      {(typed["consent.text"] ?? "").trim() === "" && (
        <div className="sm:col-span-2">
          <Button
            type="submit"
            name="intent"
            value="consent-draft"
            formNoValidate
            size="sm"
            onClick={(event) => {
              event.preventDefault();
              if (!text.current) return;
              text.current.value = CONSENT_TEXT_DRAFT;
              text.current.focus();
              onChange();
            }}
          >
            Start from a draft text
          </Button>
        </div>
      )}
      <NumberSetting
        path="consent.version"
        min={1}
        max={10_000}
        className="sm:col-span-2"
        inputClassName="max-w-40"
        hint="Raise it by one when the text or the uses change in substance: everybody is then asked again before their next task. Leave it for a corrected spelling. What people agreed to is kept with this number."
      />
    </>
  );
}

function Scopes() {
  const { values, errors } = useSettings();
  const error = errorAt(errors, "consent.scopes");
  return (
    <fieldset className="min-w-0 sm:col-span-2" aria-describedby={error ? "scopes-error" : undefined}>
      <legend className="mb-1 text-sm font-medium">{SETTING_LABELS["consent.scopes"]}</legend>
      <p className="mb-3 text-sm text-muted">
        Who does not agree to a required use cannot take part. Data leave the study only for the uses that
        were agreed to.
      </p>
      <div className="grid gap-3">
        {CONSENT_SCOPES.map((scope) => (
          <Select
            key={scope}
            label={SCOPE_LABELS[scope]}
            name={`consent.scopes.${scope}`}
            defaultValue={values[`consent.scopes.${scope}`]}
            hint={`“${SCOPE_TEXTS[scope]}”`}
            inputClassName="sm:max-w-60"
            options={[
              { value: "", label: "Not asked" },
              { value: "optional", label: "Optional" },
              { value: "required", label: "Required" },
            ]}
          />
        ))}
      </div>
      {error && <FieldError id="scopes-error">{error}</FieldError>}
    </fieldset>
  );
}

export function AboutYouSection() {
  const { values, errors } = useSettings();
  const error = errorAt(errors, "aboutYouQuestions");
  return (
    <Section
      id="about-you"
      description="The questions and their order; two with the same place keep the order of this list. Answers are optional and kept apart from names."
    >
      {ABOUT_YOU_QUESTIONS.map((question) => (
        <Select
          key={question}
          label={ABOUT_YOU_TEXTS[question].title}
          name={`aboutYouQuestions.${question}`}
          defaultValue={values[`aboutYouQuestions.${question}`]}
          options={[
            { value: "", label: "Not asked" },
            ...ABOUT_YOU_QUESTIONS.map((_, i) => ({ value: String(i + 1), label: `Question ${i + 1}` })),
          ]}
        />
      ))}
      {error && <FieldError>{error}</FieldError>}
    </Section>
  );
}
