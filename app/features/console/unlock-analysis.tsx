import { Form } from "react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { TextArea } from "../../components/inputs.tsx";

/** The form that tells which arm is which, for good. */
export function UnlockAnalysis(props: { submissionId: string; typedReason: string; error?: string }) {
  return (
    <Card title="Unlock the analysis">
      <Form method="post" className="grid gap-3" preventScrollReset>
        <p className="text-sm text-muted">
          Until then arms are letters to all who manage this study, so that nobody treats raters or their work
          by arm. Unlocking names the arms to all of them and cannot be undone. Your name, the time and your
          reason stay in the audit log.
        </p>
        <input type="hidden" name="submissionId" value={`${props.submissionId}-unlock`} />
        <TextArea
          label="Reason"
          name="reason"
          required
          rows={2}
          maxLength={500}
          defaultValue={props.typedReason}
          error={props.error}
          className="max-w-2xl"
        />
        <div>
          <Button type="submit" name="intent" value="unlock" variant="danger">
            Unlock and name the arms
          </Button>
        </div>
      </Form>
    </Card>
  );
}
