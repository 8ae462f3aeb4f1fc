import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox, RadioGroup } from "../../components/choices.tsx";
import { TextInput } from "../../components/inputs.tsx";

export interface RecruitmentLinkFormProps {
  submissionId: string;
  /** Message per field, and one where it belongs to none. */
  error: { message: string; fields: Record<string, string> } | null;
  typed: { kind: string; pool: string; maxRaters: string; trustsIds: boolean } | null;
}

/** Makes a recruitment link. */
export function RecruitmentLinkForm({ submissionId, error, typed }: RecruitmentLinkFormProps) {
  const pending = useNavigation().formData?.get("intent") === "create";
  const fields = error?.fields ?? {};
  return (
    <Card title="New link">
      <Form method="post" key={submissionId} noValidate className="grid gap-4">
        <input type="hidden" name="submissionId" value={submissionId} />
        {error && Object.keys(fields).length === 0 && <Alert tone="danger">{error.message}</Alert>}
        <RadioGroup
          legend="Where do the people come from?"
          name="kind"
          options={[
            { value: "prolific", label: "Prolific", hint: "With its three parameters" },
            { value: "generic", label: "Another panel", hint: "With pid, and session where it has one" },
          ]}
          defaultValue={typed?.kind || "prolific"}
          error={fields.kind}
        />
        <TextInput
          label="Group"
          hint="For studies that only some groups may take part in."
          name="pool"
          required={false}
          defaultValue={typed?.pool}
          error={fields.pool}
        />
        <TextInput
          label="Most people"
          name="maxRaters"
          inputMode="numeric"
          required={false}
          defaultValue={typed?.maxRaters}
          error={fields.maxRaters}
        />
        <Checkbox
          name="trustsIds"
          label="Trust the ids of this panel"
          hint="A known id is then let in from any browser, without its earlier session. Only for ids that nobody else can know: whoever has one sees the person’s work and completion codes."
          defaultChecked={typed?.trustsIds}
        />
        <Button type="submit" name="intent" value="create" variant="primary" pending={pending}>
          Make the link
        </Button>
      </Form>
    </Card>
  );
}
