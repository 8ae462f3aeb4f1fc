import { formatNumber, plural } from "../../components/format.ts";
import { TextInput } from "../../components/inputs.tsx";
import { type AgentChoices, ArmsEditor } from "./arms-editor.tsx";
import {
  ChoiceSetting,
  errorAt,
  LongTextSetting,
  NumberSetting,
  Section,
  useSettings,
} from "./settings-controls.tsx";
import { linesOf, repeatedIn } from "./settings-fields.ts";

export function GeneralSection() {
  const { values, errors } = useSettings();
  return (
    <Section id="general">
      <TextInput
        label="Name of the study, as raters see it"
        name="name"
        defaultValue={values.name}
        error={errors.name}
        maxLength={120}
        className="sm:col-span-2"
        required
      />
      <LongTextSetting
        path="welcomeText"
        hint="Plain text above the instructions."
        rows={4}
        maxLength={4000}
        className="sm:col-span-2"
      />
    </Section>
  );
}

export function SizesSection() {
  return (
    <Section
      id="sizes"
      description="What a rater goes through, and what the agent proposes each turn: at most one column per category. Word limits are counted live in the page and kept by the server."
    >
      <NumberSetting path="horizon" min={1} max={20} />
      <NumberSetting path="columnCount" min={2} max={8} />
      <NumberSetting path="imagesPerColumn" min={1} max={8} />
      <NumberSetting path="candidateCount" min={2} max={200} />
      <NumberSetting path="categoryCount" min={2} max={20} />
      <NumberSetting path="imageSizePx" min={256} max={1024} />
      <NumberSetting path="initialPromptMaxWords" min={1} max={60} />
      <NumberSetting path="critiqueMaxWords" min={1} max={60} />
      <NumberSetting path="expansionMaxWords" min={4} max={300} />
      <NumberSetting path="rationaleMinWords" min={1} max={50} />
    </Section>
  );
}

export function ArmsSection({ choices, onChange }: { choices: AgentChoices; onChange: () => void }) {
  const { values, errors } = useSettings();
  return (
    <Section
      id="arms"
      description="Arms are drawn at random, by weight, in hidden blocks. Raters never learn the arm."
    >
      <ChoiceSetting
        path="allocationLevel"
        hints={{
          trajectory: "Each rater meets every arm: comparisons within raters.",
          rater: "Each rater meets one arm only: nothing carries over from another.",
        }}
      />
      <div className="sm:col-span-2">
        <ArmsEditor values={values} errors={errors} choices={choices} onChange={onChange} />
      </div>
    </Section>
  );
}

export function PromptsSection() {
  const { typed, errors } = useSettings();
  const lines = linesOf(typed["prompts.items"] ?? "");
  const repeated = repeatedIn(lines);
  return (
    <Section id="prompts" description="What a rater's first images are made from.">
      <ChoiceSetting
        path="prompts.mode"
        hints={{
          free: "Nothing is given; the list below is not used.",
          cue: "One entry of the list is shown, and the rater writes a prompt about it.",
          given: "One entry of the list is the prompt; the rater writes none.",
        }}
      />
      <LongTextSetting
        path="prompts.items"
        hint="One per line, at most 5,000 lines of 400 characters."
        rows={8}
        className="sm:col-span-2"
        error={errorAt(errors, "prompts.items")}
        aside={
          <span className="text-sm text-muted tabular-nums">{plural(lines.length, "entry", "entries")}</span>
        }
      />
      {repeated.length > 0 && !errorAt(errors, "prompts.items") && (
        <p className="text-sm text-warning-ink sm:col-span-2">
          {formatNumber(repeated.length)} in the list more than once: “{repeated.slice(0, 3).join("”, “")}”
          {repeated.length > 3 && " …"}
        </p>
      )}
    </Section>
  );
}
