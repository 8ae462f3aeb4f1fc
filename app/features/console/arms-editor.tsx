import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field.tsx";
import { NumberInput, Select, TextInput } from "../../components/inputs.tsx";
import { agentOptions, generatorOptions, selectorOptions } from "./agent-labels.ts";
import { armsIn, nextArm, type SettingsValues } from "./settings-values.ts";

type Choice = { id: string; label: string };
export interface AgentChoices {
  generators: Choice[];
  selectors: Choice[];
  /** Models that can write a slate's prompts themselves. */
  directSlates: Choice[];
  t2iModels: Choice[];
}

type Arm = ReturnType<typeof armsIn>[number];

interface Row {
  /** Of this row for as long as the page is open. */
  rowId: number;
  arm: Arm;
}

/**
 * The arms of a study. Rows are added and removed in the page; with scripts off the same buttons post the form, and the
 * server sends it back with the row added or removed.
 */
export function ArmsEditor({
  values,
  errors,
  choices,
  onChange,
}: {
  values: SettingsValues;
  errors: Record<string, string>;
  choices: AgentChoices;
  /** The number of rows changed. */
  onChange: () => void;
}) {
  const [rows, setRows] = useState<Row[]>(() => armsIn(values).map((arm, rowId) => ({ rowId, arm })));
  const [nextId, setNextId] = useState(rows.length);
  function change(next: Row[]) {
    setRows(next);
    setNextId((id) => id + 1);
    onChange();
  }
  return (
    <div className="grid gap-4">
      {rows.map((row, index) => (
        <fieldset key={row.rowId} className="rounded-lg border p-4">
          <legend className="-ml-1 px-1 text-sm font-semibold">Arm {index + 1}</legend>
          <ArmFields index={index} arm={row.arm} errors={errors} choices={choices} />
          {rows.length > 1 && (
            <div className="mt-3 flex justify-end">
              <Button
                type="submit"
                name="intent"
                value={`remove-arm-${index}`}
                formNoValidate
                size="sm"
                variant="ghost"
                icon={<Trash2 className="size-4" />}
                onClick={(event) => {
                  event.preventDefault();
                  change(rows.filter((r) => r !== row));
                }}
              >
                Remove arm {index + 1}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      {errors.arms && <FieldError>{errors.arms}</FieldError>}
      <div>
        <Button
          type="submit"
          name="intent"
          value="add-arm"
          formNoValidate
          icon={<Plus className="size-4" />}
          onClick={(event) => {
            event.preventDefault();
            change([...rows, { rowId: nextId, arm: nextArm(rows.map((r) => r.arm)) }]);
          }}
        >
          Add arm
        </Button>
      </div>
    </div>
  );
}

function ArmFields({
  index,
  arm,
  errors,
  choices,
}: {
  index: number;
  arm: Arm;
  errors: Record<string, string>;
  choices: AgentChoices;
}) {
  const control = (field: keyof Arm) => ({
    name: `arms.${index}.${field}`,
    defaultValue: arm[field],
    error: errors[`arms.${index}.${field}`],
  });
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-6">
      <TextInput {...control("label")} label="Name" className="lg:col-span-3" required maxLength={80} />
      <TextInput
        {...control("key")}
        label="Key in exports"
        className="lg:col-span-2"
        required
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
      />
      <NumberInput {...control("weight")} label="Weight" required min={1} max={20} />
      <Select
        {...control("agent.generator")}
        label="Candidate generator"
        className="lg:col-span-2"
        options={generatorOptions(choices, arm["agent.generator"])}
      />
      <Select
        {...control("agent.selector")}
        label="Candidate selector"
        className="lg:col-span-2"
        options={selectorOptions(choices, arm["agent.selector"])}
      />
      <Select
        {...control("agent.t2iModel")}
        label="Text-to-image model"
        className="lg:col-span-2"
        options={agentOptions(choices.t2iModels, arm["agent.t2iModel"])}
      />
    </div>
  );
}
