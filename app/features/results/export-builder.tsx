import { FileDown } from "lucide-react";
import { useEffect, useRef } from "react";
import { Form, useFetcher, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox, RadioGroup } from "../../components/choices.tsx";
import { FieldError } from "../../components/field.tsx";
import { Select, TextInput } from "../../components/inputs.tsx";
import type { ExportEstimate } from "../../domain/export-estimate.ts";
import { TABLE_FORMATS, TABLE_NAMES } from "../../domain/export-options.ts";
import { PRIVACY_PROFILES } from "../../domain/vocabulary.ts";
import type { FormFailure } from "../console/failure.ts";
import { EstimateView } from "./export-estimate.tsx";
import { type ExportFormValues, PROFILE_TEXTS } from "./export-form-values.ts";
import { Presentation } from "./export-presentation.tsx";

export interface Counted {
  estimate: ExportEstimate;
  undecided: number | null;
}

export interface ExportBuilderProps {
  values: ExportFormValues;
  counted: Counted | null;
  failure: FormFailure | null;
  arms: readonly { armId: string; label: string; version: number }[];
  /** The study's current version; 0 = never published. */
  version: number;
  submissionId: string;
}

const COUNT_AFTER_MS = 250;

/** Everything that an export can be asked for, with what it would hold beside it. */
export function ExportBuilder({ values, counted, failure, arms, version, submissionId }: ExportBuilderProps) {
  const fetcher = useFetcher<{ counted?: Counted; error?: FormFailure }>();
  const busy = useNavigation().formData?.get("intent") === "export";
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { submit } = fetcher;
  const count = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!form.current) return;
      const data = new FormData(form.current);
      data.set("intent", "count");
      void submit(data, { method: "post" });
    }, COUNT_AFTER_MS);
  };
  const shown = fetcher.data?.counted ?? (fetcher.data ? null : counted);
  const fields = failure?.fields ?? {};
  const problem = fetcher.data?.error ?? null;
  return (
    <Form
      ref={form}
      method="post"
      onChange={count}
      className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <input type="hidden" name="submissionId" value={submissionId} />
      <div className="grid grid-cols-1 gap-6">
        {failure && <Alert tone="danger">{failure.message}</Alert>}
        <Card title="Who it is made for">
          <RadioGroup
            legend="Privacy profile"
            hideLegend
            name="profile"
            defaultValue={values.profile}
            error={fields.profile}
            options={PRIVACY_PROFILES.map((value) => ({ value, ...PROFILE_TEXTS[value] }))}
          />
        </Card>
        <Filters {...{ values, fields, arms, version }} />
        <Contents {...{ values, fields }} />
        <Presentation {...{ values, fields }} />
      </div>
      <div className="lg:sticky lg:top-4">
        <Card title="What it would hold">
          <div className="grid gap-4">
            <div aria-live="polite" aria-busy={fetcher.state !== "idle"}>
              {shown ? (
                <EstimateView {...shown} />
              ) : (
                <p className="text-sm text-muted">{problem?.message ?? "Not counted yet."}</p>
              )}
            </div>
            <Button type="submit" name="intent" value="count" formNoValidate>
              Count again
            </Button>
            <Button
              type="submit"
              name="intent"
              value="export"
              variant="primary"
              pending={busy}
              icon={<FileDown className="size-4" />}
            >
              Start the export
            </Button>
          </div>
        </Card>
      </div>
    </Form>
  );
}

type Part = { values: ExportFormValues; fields: Record<string, string> };

function Filters({ values, fields, arms, version }: Part & Pick<ExportBuilderProps, "arms" | "version">) {
  const versions = Array.from({ length: version }, (_, i) => String(i + 1));
  return (
    <Card title="Which trajectories">
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Status"
          name="include"
          defaultValue={values.include}
          options={[
            { value: "complete", label: "Complete only" },
            { value: "all", label: "Complete and partial" },
          ]}
        />
        <Select
          label="Made by"
          name="source"
          defaultValue={values.source}
          placeholder="People and simulated raters"
          options={[
            { value: "human", label: "People" },
            { value: "simulated", label: "Simulated raters" },
          ]}
        />
        <TextInput
          label="Started on or after"
          hint="A day in UTC."
          name="fromDay"
          type="date"
          defaultValue={values.fromDay}
          error={fields["filters.startedFromMs"]}
        />
        <TextInput
          label="Started on or before"
          hint="A day in UTC."
          name="toDay"
          type="date"
          defaultValue={values.toDay}
          error={fields["filters.startedBeforeMs"]}
        />
        {arms.length > 1 && (
          <Boxes
            legend="Arms (none ticked = all)"
            name="armIds"
            chosen={values.armIds}
            options={arms.map((arm) => ({
              value: arm.armId,
              label: `${arm.label} (version ${arm.version})`,
            }))}
            error={fields["filters.armIds"]}
          />
        )}
        {versions.length > 1 && (
          <Boxes
            legend="Versions of the study (none ticked = all)"
            name="versions"
            chosen={values.versions}
            options={versions.map((value) => ({ value, label: `Version ${value}` }))}
            error={fields["filters.studyVersions"]}
          />
        )}
      </div>
    </Card>
  );
}

const FORMAT_TEXTS = { jsonl: "JSONL", csv: "CSV", parquet: "Parquet" } as const;

function Contents({ values, fields }: Part) {
  return (
    <Card title="Files">
      <div className="grid gap-4">
        <Boxes
          legend="Formats"
          name="formats"
          chosen={values.formats}
          options={TABLE_FORMATS.map((value) => ({ value, label: FORMAT_TEXTS[value] }))}
          error={fields.formats}
        />
        <Boxes
          legend="Tables"
          name="tables"
          chosen={values.tables}
          options={TABLE_NAMES.map((value) => ({ value, label: value }))}
          error={fields.tables}
        />
        <Checkbox
          name="images"
          value="yes"
          defaultChecked={values.images}
          label="Original images"
          hint="As tar archives of about 1 GB in WebDataset layout."
        />
        <Checkbox
          name="splits"
          value="yes"
          defaultChecked={values.splits}
          label="Splits train, test_seen and test_unseen"
          hint="By keyed hash: what is added later moves nothing."
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput
            label="Raters kept for test_unseen, %"
            name="testUnseen"
            inputMode="decimal"
            defaultValue={values.testUnseen}
            error={fields["splits.testUnseen"]}
          />
          <TextInput
            label="Of the others, kept for test_seen, %"
            name="testSeen"
            inputMode="decimal"
            defaultValue={values.testSeen}
            error={fields["splits.testSeen"]}
          />
        </div>
      </div>
    </Card>
  );
}

function Boxes({
  legend,
  name,
  chosen,
  options,
  error,
}: {
  legend: string;
  name: string;
  chosen: readonly string[];
  options: readonly { value: string; label: string }[];
  error?: string;
}) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            name={name}
            value={value}
            label={label}
            defaultChecked={chosen.includes(value)}
          />
        ))}
      </div>
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}
