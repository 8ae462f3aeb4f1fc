import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { ShownOnce } from "../api-keys/shown-once.tsx";

/** The signing secret of a webhook, shown this once. */
export function NewSecret({ secret }: { secret: string }) {
  return (
    <ShownOnce>
      <Card
        title="Copy the signing secret now"
        description="The receiver checks with it that a message is ours. It is shown this once."
        actions={<CopyButton text={secret} label="Copy secret" />}
      >
        <code className="block rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all">{secret}</code>
      </Card>
    </ShownOnce>
  );
}
