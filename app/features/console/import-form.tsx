import { FileSearch } from "lucide-react";
import { Form, useNavigation } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { RadioGroup } from "../../components/choices.tsx";
import { Field } from "../../components/field.tsx";

const EXAMPLE = `email,name,group,locale,note
ada@example.org,Ada Lovelace,north,en,met at the workshop`;

/** Chooses a file to be checked; nobody is invited by it. */
export function ImportForm({ source, error }: { source: string; error?: string }) {
  const busy = useNavigation().formData?.get("intent") === "check";
  return (
    <Card
      title="Invite from a CSV file"
      description="You see a report on every row first. Nobody is invited before you say so."
    >
      <Form method="post" encType="multipart/form-data" className="grid gap-4" noValidate>
        <Field
          label="CSV file"
          error={error}
          required
          hint="The first row names the columns: email is needed; name, group, locale and note may be there. At most 10,000 rows and 2 MB."
        >
          {(control) => (
            <input
              {...control}
              type="file"
              name="file"
              accept=".csv,.tsv,.txt,text/csv"
              className="min-w-0 max-w-full rounded-md text-sm file:mr-3 file:h-9.5 file:rounded-md file:border file:border-solid file:border-control file:bg-surface file:px-3.5 file:font-medium file:text-text"
            />
          )}
        </Field>
        <details className="text-sm">
          <summary className="cursor-pointer font-medium text-accent-ink">What the columns do</summary>
          <div className="mt-2 grid gap-2 text-muted">
            <pre className="overflow-x-auto rounded-md bg-sunken px-3 py-2 text-xs text-text">{EXAMPLE}</pre>
            <p>
              The name is filled in on the invitation’s page. Group and locale become the rater’s when the
              invitation is accepted, or at once for people with an account. The note is for coordinators only
              and stays with the invitation.
            </p>
          </div>
        </details>
        <RadioGroup
          legend="They are"
          name="source"
          direction="row"
          defaultValue={source === "simulated" ? "simulated" : "human"}
          options={[
            { value: "human", label: "People" },
            { value: "simulated", label: "Simulated raters", hint: "Their data is marked as simulated." },
          ]}
        />
        <div>
          <Button
            type="submit"
            name="intent"
            value="check"
            pending={busy}
            icon={<FileSearch className="size-4" />}
          >
            Check the file
          </Button>
        </div>
      </Form>
    </Card>
  );
}
