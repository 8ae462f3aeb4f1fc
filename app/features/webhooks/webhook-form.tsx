import { type ReactNode, useEffect, useRef } from "react";
import { Form, useNavigation } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/choices.tsx";
import { FieldError } from "../../components/field.tsx";
import { TextInput } from "../../components/inputs.tsx";
import { WEBHOOK_EVENTS, type WebhookEvent } from "../../domain/webhook.ts";

export interface TypedWebhook {
  url: string;
  description: string;
  events: string[];
}

const TEXTS: Record<WebhookEvent, string> = {
  "assignment.submitted": "A task was handed in",
  "assignment.expired": "A task expired",
  "assignment.returned": "A rater gave a task back",
  "assignment.approved": "A task was approved",
  "assignment.rejected": "A task was rejected",
  "assignment.returned_for_correction": "A task went back for correction",
  "assignment.released": "A task's place was freed",
  "assignment.withdrawn": "A rater withdrew their consent",
  "study.published": "The study was published",
  "study.paused": "The study was paused",
  "study.resumed": "The study was resumed",
  "study.closed": "The study was closed",
  "study.reopened": "The study was reopened",
  "export.ready": "An export can be downloaded",
  "export.failed": "An export failed",
};

/** Address and events of a webhook. */
export function WebhookForm({
  title,
  submit,
  submissionId,
  values,
  fields,
  sent,
  children,
}: {
  title: string;
  submit: { intent: string; label: string };
  submissionId: string;
  values: TypedWebhook;
  fields: Record<string, string>;
  /** The answer to a sent form, if any: a new one empties the form. */
  sent: unknown;
  /** Further submit buttons of the same form. */
  children?: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (sent) form.current?.reset();
  }, [sent]);
  const busy = useNavigation().formData?.get("intent") === submit.intent;
  return (
    <Card title={title}>
      <Form ref={form} method="post" className="grid gap-4">
        <input type="hidden" name="submissionId" value={submissionId} />
        <TextInput
          label="Address"
          name="url"
          type="url"
          hint="Starts with https://. Redirects are not followed."
          required
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          defaultValue={values.url}
          error={fields.url}
        />
        <TextInput
          label="Description"
          name="description"
          required={false}
          maxLength={120}
          autoComplete="off"
          defaultValue={values.description}
          error={fields.description}
        />
        <fieldset className="grid gap-2" aria-describedby={fields.events ? "events-error" : undefined}>
          <legend className="mb-1 font-medium">Tell it when</legend>
          {WEBHOOK_EVENTS.map((event) => (
            <Checkbox
              key={event}
              name="events"
              value={event}
              defaultChecked={values.events.includes(event)}
              label={TEXTS[event]}
            />
          ))}
          {fields.events && <FieldError id="events-error">{fields.events}</FieldError>}
        </fieldset>
        {/* The first button is the one that Enter presses. */}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" name="intent" value={submit.intent} variant="primary" pending={busy}>
            {submit.label}
          </Button>
          {children}
        </div>
      </Form>
    </Card>
  );
}
