import { KeyRound } from "lucide-react";
import { useEffect, useRef } from "react";
import { Form, useNavigation } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/choices.tsx";
import { FieldError } from "../../components/field.tsx";
import { Select, TextInput } from "../../components/inputs.tsx";
import { API_KEY_DAYS } from "../../domain/api-key.ts";
import { API_SCOPE_TEXTS, type ApiScope } from "../../domain/api-scopes.ts";

export interface TypedKey {
  name: string;
  days: string;
  scopes: string[];
}

const DEFAULT_DAYS = "90";

/** Makes a key: what it is for, what it may do, how long. */
export function ApiKeyForm({
  scopes,
  submissionId,
  typed,
  fields,
  sent,
}: {
  scopes: ApiScope[];
  submissionId: string;
  /** What was typed and refused. */
  typed: TypedKey | null;
  fields: Record<string, string>;
  /** The answer to a sent form, if any: a new one empties the form. */
  sent: unknown;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (sent) form.current?.reset();
  }, [sent]);
  const busy = useNavigation().formData?.get("intent") === "create";
  return (
    <Card
      title="Make a key"
      description="It never can do more than you can: if your role changes, so does the key."
    >
      <Form ref={form} method="post" className="grid gap-4">
        <input type="hidden" name="submissionId" value={submissionId} />
        <TextInput
          label="Name"
          name="name"
          hint="The program or person that will use it."
          required
          maxLength={80}
          autoComplete="off"
          defaultValue={typed?.name ?? ""}
          error={fields.name}
        />
        <fieldset className="grid gap-2" aria-describedby={fields.scopes ? "scopes-error" : undefined}>
          <legend className="mb-1 font-medium">It may</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              defaultChecked={typed?.scopes.includes(scope) ?? false}
              label={API_SCOPE_TEXTS[scope]}
              hint={<code className="font-mono text-xs">{scope}</code>}
            />
          ))}
          {fields.scopes && <FieldError id="scopes-error">{fields.scopes}</FieldError>}
        </fieldset>
        <Select
          label="Expires after"
          name="days"
          defaultValue={typed?.days || DEFAULT_DAYS}
          error={fields.days}
          options={[
            ...API_KEY_DAYS.map((days) => ({ value: String(days), label: `${days} days` })),
            { value: "never", label: "Never" },
          ]}
        />
        <div>
          <Button
            type="submit"
            name="intent"
            value="create"
            variant="primary"
            pending={busy}
            icon={<KeyRound className="size-4" />}
          >
            Make key
          </Button>
        </div>
      </Form>
    </Card>
  );
}
