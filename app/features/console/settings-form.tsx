import { Check, Save } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Form, useNavigation } from "react-router";
import { Button } from "../../components/button.tsx";
import { cx } from "../../components/cx.ts";
import type { AgentChoices } from "./arms-editor.tsx";
import { AboutYouSection, StepsSection } from "./settings-consent.tsx";
import { SettingsState } from "./settings-controls.tsx";
import { SettingsEstimate } from "./settings-estimate.tsx";
import { SettingsNav } from "./settings-nav.tsx";
import {
  ImagesSection,
  PaySection,
  PlacesSection,
  RatersSection,
  RecruitmentSection,
} from "./settings-service.tsx";
import { ArmsSection, GeneralSection, PromptsSection, SizesSection } from "./settings-tasks.tsx";
import type { SettingsValues } from "./settings-values.ts";

export interface SettingsFormProps {
  values: SettingsValues;
  errors: Record<string, string>;
  choices: AgentChoices;
  submissionId: string;
  /** The draft was just saved. */
  saved: boolean;
}

/** The draft of a study, in groups. Controls keep what was typed whatever the server answers. */
export function SettingsForm({ values, errors, choices, submissionId, saved }: SettingsFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<SettingsValues>(values);
  const saving = useNavigation().formData?.get("intent") === "save";
  // A refused form takes the reader to the first field that is wrong.
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors]);
  function readTyped() {
    if (form.current) setTyped(textsOf(form.current));
  }
  const onChange = () => requestAnimationFrame(readTyped);
  const isSaved = saved && !saving;
  const save = (className: string) => (
    <Button
      type="submit"
      name="intent"
      value="save"
      variant="primary"
      size="lg"
      pending={saving}
      icon={<Save className="size-4" />}
      className={className}
    >
      Save draft
    </Button>
  );
  return (
    <SettingsState value={{ values, typed, errors }}>
      <Form
        ref={form}
        method="post"
        noValidate
        preventScrollReset
        onInput={readTyped}
        className="grid grid-cols-1 items-start gap-6 [&_:is(input,select,textarea)]:scroll-my-28 lg:grid-cols-[minmax(0,1fr)_17rem] xl:grid-cols-[10.5rem_minmax(0,1fr)_17rem]"
      >
        {/* Enter in a field saves; without this the first button of the form, in the arms, would win. */}
        <button type="submit" name="intent" value="save" tabIndex={-1} className="sr-only" aria-hidden="true">
          Save
        </button>
        <input type="hidden" name="submissionId" value={submissionId} />
        <SettingsNav errors={errors} />
        <div className="grid min-w-0 grid-cols-1 gap-5 lg:col-start-1 xl:col-start-2 xl:row-start-1">
          <GeneralSection />
          <SizesSection />
          <ArmsSection choices={choices} onChange={onChange} />
          <PromptsSection />
          <StepsSection onChange={onChange} />
          <AboutYouSection />
          <PlacesSection />
          <RatersSection />
          <PaySection />
          <RecruitmentSection />
          <ImagesSection />
        </div>
        <aside
          aria-label="Summary of the draft"
          className="grid gap-3 lg:sticky lg:top-[calc(var(--topbar)+4.5rem)] xl:top-[calc(var(--topbar)+1.5rem)]"
        >
          {save("max-lg:hidden")}
          {isSaved && <Saved className="max-lg:hidden" />}
          <SettingsEstimate values={typed} />
        </aside>
        <div className="sticky bottom-0 z-20 -mx-4 border-t bg-canvas px-4 py-3 sm:-mx-6 sm:px-6 lg:hidden">
          {save("w-full")}
          {isSaved && <Saved className="mt-2" />}
        </div>
      </Form>
    </SettingsState>
  );
}

function Saved({ className }: { className: string }) {
  return (
    <p className={cx("flex items-center justify-center gap-1.5 text-sm text-success-ink", className)}>
      <Check aria-hidden="true" className="size-4" />
      Saved
    </p>
  );
}

function textsOf(form: HTMLFormElement): SettingsValues {
  const values: SettingsValues = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") values[name] = value;
  return values;
}
