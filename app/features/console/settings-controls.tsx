import { createContext, type ReactNode, useContext } from "react";
import { Card } from "../../components/card.tsx";
import { Checkbox, RadioGroup } from "../../components/choices.tsx";
import { NumberInput, TextArea, TextInput, type TextInputProps } from "../../components/inputs.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { instantOf } from "./settings-fields.ts";
import { CHOICE_TEXTS, SETTING_LABELS, SETTINGS_SECTIONS } from "./settings-labels.ts";
import type { SettingsValues } from "./settings-values.ts";

export interface SettingsFormState {
  /** What the controls start with. */
  values: SettingsValues;
  /** What they hold now; without scripts, `values`. */
  typed: SettingsValues;
  errors: Record<string, string>;
}

const State = createContext<SettingsFormState>({ values: {}, typed: {}, errors: {} });
export const SettingsState = State.Provider;

export function useSettings(): SettingsFormState {
  return useContext(State);
}

/** The refusal of a setting or of one of its entries: "prompts.items" also has that of "prompts.items.3". */
export function errorAt(errors: Record<string, string>, path: string): string | undefined {
  if (errors[path]) return errors[path];
  const entry = Object.keys(errors).find((key) => key.startsWith(`${path}.`));
  if (!entry) return undefined;
  const index = Number(entry.slice(path.length + 1).split(".")[0]);
  return Number.isInteger(index) ? `Entry ${index + 1}: ${errors[entry]}` : errors[entry];
}

/** One part of the page, which the table of contents leads to. */
export function Section({
  id,
  description,
  children,
}: {
  id: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  const title = SETTINGS_SECTIONS.find((section) => section.id === id)?.title;
  return (
    <div id={`settings-${id}`} className="scroll-mt-28 xl:scroll-mt-16">
      <Card title={title} description={description}>
        <div className="grid items-start gap-x-5 gap-y-4 sm:grid-cols-2">{children}</div>
      </Card>
    </div>
  );
}

/** What a control of a setting needs, by its path. */
function useControl(path: string) {
  const { values, errors } = useSettings();
  return {
    name: path,
    label: SETTING_LABELS[path],
    defaultValue: values[path],
    error: errorAt(errors, path),
  };
}

type More = Partial<Omit<TextInputProps, "name" | "defaultValue" | "error">>;

export function NumberSetting({ path, ...more }: { path: string; min: number; max: number } & More) {
  return <NumberInput {...useControl(path)} required {...more} />;
}

/** A number that may be left out. */
export function LimitSetting({ path, ...more }: { path: string; min: number; max: number } & More) {
  return <NumberInput {...useControl(path)} required={false} placeholder="No limit" {...more} />;
}

export function MoneySetting({ path, ...more }: { path: string } & More) {
  return <NumberInput {...useControl(path)} required inputMode="decimal" min={0} step="0.01" {...more} />;
}

export function TextSetting({ path, ...more }: { path: string } & More) {
  return <TextInput {...useControl(path)} {...more} />;
}

export function LongTextSetting({
  path,
  ...more
}: { path: string } & Partial<Parameters<typeof TextArea>[0]>) {
  return <TextArea {...useControl(path)} required={false} {...more} />;
}

export function SwitchSetting({ path, label, hint }: { path: string; label?: string; hint?: ReactNode }) {
  const { values, errors } = useSettings();
  return (
    <div className="sm:col-span-2">
      {/* An empty checkbox sends nothing: this does. */}
      <input type="hidden" name={path} value="no" />
      <Checkbox
        name={path}
        value="yes"
        label={label ?? SETTING_LABELS[path]}
        hint={hint}
        defaultChecked={values[path] === "yes"}
        error={errors[path]}
      />
    </div>
  );
}

export function ChoiceSetting({ path, hints = {} }: { path: string; hints?: Record<string, string> }) {
  const { values, errors } = useSettings();
  return (
    <div className="sm:col-span-2">
      <RadioGroup
        legend={SETTING_LABELS[path]}
        name={path}
        defaultValue={values[path]}
        error={errors[path]}
        options={Object.entries(CHOICE_TEXTS[path] ?? {}).map(([value, label]) => ({
          value,
          label,
          hint: hints[value],
        }))}
      />
    </div>
  );
}

/** A moment, typed in UTC; the reader's own time stands below it. */
export function InstantSetting({ path, hint }: { path: string; hint: string }) {
  const { typed } = useSettings();
  const at = instantOf(typed[path] ?? "");
  return (
    <div className="grid gap-1">
      <TextInput {...useControl(path)} type="datetime-local" required={false} hint={hint} />
      {at !== null && Number.isFinite(at) && (
        <p className="text-sm text-muted">
          In your time zone: <LocalTime atMs={at} withDay />
        </p>
      )}
    </div>
  );
}
