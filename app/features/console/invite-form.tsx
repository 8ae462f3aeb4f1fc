import { Send } from "lucide-react";
import { useEffect, useRef } from "react";
import { Form, Link, useNavigation } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { RadioGroup } from "../../components/choices.tsx";
import { TextArea } from "../../components/inputs.tsx";

export interface InviteFormProps {
  /** Where a whole file of people is invited. */
  importPath: string;
  submissionId: string;
  /** What was typed and refused. */
  emails?: string;
  source?: string;
  error?: string;
  /** The answer to a sent form, if any: a new one empties the form. */
  sent: unknown;
}

/** Invites people by e-mail address; Turnwise makes links and sends nothing itself. */
export function InviteForm({ importPath, submissionId, emails, source, error, sent }: InviteFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (sent) form.current?.reset();
  }, [sent]);
  const busy = useNavigation().formData?.get("intent") === "invite";
  return (
    <Card
      title="Invite raters"
      description="Each address gets a link of its own, valid for 14 days. Send the links yourself; Turnwise sends no mail."
    >
      <Form ref={form} method="post" className="grid gap-4" preventScrollReset>
        <input type="hidden" name="submissionId" value={submissionId} />
        <TextArea
          label="E-mail addresses"
          name="emails"
          hint="At most 500, separated by commas, spaces or lines."
          rows={5}
          required
          spellCheck={false}
          autoCapitalize="none"
          defaultValue={emails ?? ""}
          error={error}
          inputClassName="font-mono text-sm"
        />
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
            value="invite"
            variant="primary"
            pending={busy}
            icon={<Send className="size-4" />}
          >
            Make invitation links
          </Button>
        </div>
        <p className="border-t pt-3 text-sm text-muted">
          More people, or names and groups?{" "}
          <Link to={importPath} className="font-medium text-accent-ink hover:underline">
            Invite from a CSV file
          </Link>
        </p>
      </Form>
    </Card>
  );
}
