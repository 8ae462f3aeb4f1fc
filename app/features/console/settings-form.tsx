import { Check, Save } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Form, useNavigation } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { NumberInput, TextArea, TextInput } from "../../components/inputs.tsx";
import { type AgentChoices, ArmsEditor } from "./arms-editor.tsx";
import { SettingsEstimate } from "./settings-estimate.tsx";
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
  const number = (name: string, label: string, min: number, max: number) => (
    <NumberInput
      label={label}
      name={name}
      min={min}
      max={max}
      required
      defaultValue={values[name]}
      error={errors[name]}
    />
  );
  // A refused form takes the reader to the first field that is wrong.
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors]);
  function readTyped() {
    if (form.current) setTyped(textsOf(form.current));
  }
  return (
    <Form
      ref={form}
      method="post"
      noValidate
      preventScrollReset
      onInput={readTyped}
      className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]"
    >
      <div className="grid grid-cols-1 gap-5">
        {/* Enter in a field saves; without this the first button of the form, in the arms, would win. */}
        <button type="submit" name="intent" value="save" tabIndex={-1} className="sr-only" aria-hidden="true">
          Save
        </button>
        <input type="hidden" name="submissionId" value={submissionId} />
        <Group title="Name">
          <TextInput
            label="Name of the study, as raters see it"
            name="name"
            defaultValue={values.name}
            error={errors.name}
            maxLength={120}
            className="sm:col-span-2"
            required
          />
        </Group>
        <Group
          title="Sizes"
          description="What a rater goes through, and what the agent proposes each turn: at most one column per category."
        >
          {number("horizon", "Turns (H)", 1, 20)}
          {number("columnCount", "Columns of a slate (L)", 2, 8)}
          {number("imagesPerColumn", "Images of a column (M)", 1, 8)}
          {number("candidateCount", "Candidates per turn", 2, 200)}
          {number("categoryCount", "Candidate categories", 2, 20)}
          {number("imageSizePx", "Image size in pixels", 256, 2048)}
        </Group>
        <Group
          title="Texts and limits"
          description="Word limits are counted live in the page and kept by the server."
        >
          {number("initialPromptMaxWords", "Most words of the initial prompt", 1, 60)}
          {number("critiqueMaxWords", "Most words of a critique", 1, 60)}
          {number("expansionMaxWords", "Most words of an expansion in the last turn", 4, 300)}
          {number("rationaleMinWords", "Fewest words of a rationale", 1, 50)}
          <TextArea
            label="Welcome text"
            name="welcomeText"
            hint="Plain text above the instructions."
            rows={4}
            maxLength={4000}
            required={false}
            defaultValue={values.welcomeText}
            error={errors.welcomeText}
            className="sm:col-span-2"
          />
        </Group>
        <Group title="Target, pay and time">
          {number("targetTrajectories", "Completed trajectories wanted", 1, 1_000_000)}
          <NumberInput
            label="Most trajectories per rater"
            name="maxTrajectoriesPerRater"
            placeholder="No limit"
            min={1}
            max={100_000}
            required={false}
            defaultValue={values.maxTrajectoriesPerRater}
            error={errors.maxTrajectoriesPerRater}
          />
          <NumberInput
            label="Pay per completed trajectory"
            name="payPerTrajectory"
            inputMode="decimal"
            min={0}
            step="0.01"
            required
            defaultValue={values.payPerTrajectory}
            error={errors.payPerTrajectoryCents}
          />
          <TextInput
            label="Currency code"
            name="payCurrency"
            maxLength={3}
            required
            autoCapitalize="characters"
            defaultValue={values.payCurrency}
            error={errors.payCurrency}
          />
          {number("expectedMinutes", "Expected minutes per trajectory", 1, 600)}
          {number("leaseMinutes", "Minutes an idle rater keeps the place", 5, 20_160)}
        </Group>
        <Card
          title="Arms"
          description="Trajectories are spread over the arms at random, by weight. Raters never learn the arm."
        >
          <ArmsEditor
            values={values}
            errors={errors}
            choices={choices}
            onChange={() => requestAnimationFrame(readTyped)}
          />
        </Card>
      </div>
      <aside
        aria-label="Summary of the draft"
        className="grid gap-3 lg:sticky lg:top-[calc(var(--topbar)+1.5rem)]"
      >
        <SettingsEstimate values={typed} />
        <Button
          type="submit"
          name="intent"
          value="save"
          variant="primary"
          size="lg"
          pending={saving}
          icon={<Save className="size-4" />}
        >
          Save draft
        </Button>
        {saved && !saving && (
          <p className="flex items-center justify-center gap-1.5 text-sm text-success-ink">
            <Check aria-hidden="true" className="size-4" />
            Saved
          </p>
        )}
      </aside>
    </Form>
  );
}

function Group({
  title,
  description,
  children,
}: {
  title: string;
  description?: string;
  children: ReactNode;
}) {
  return (
    <Card title={title} description={description}>
      <div className="grid items-start gap-x-5 gap-y-4 sm:grid-cols-2">{children}</div>
    </Card>
  );
}

function textsOf(form: HTMLFormElement): SettingsValues {
  const values: SettingsValues = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") values[name] = value;
  return values;
}
