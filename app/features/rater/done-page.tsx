import { CircleCheck } from "lucide-react";
import { useEffect } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { Time } from "../../components/time.tsx";
import { paths } from "../../domain/paths.ts";
import type { DoneView } from "../../domain/rater-views.ts";
import { ExitLink } from "./exit-link.tsx";
import { forgetOutbox } from "./outbox/browser-outbox.ts";

/** Thanks and the completion code. */
export function DonePage({ view }: { view: DoneView }) {
  useEffect(() => forgetOutbox(view.assignmentId), [view.assignmentId]);
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-4 px-6 py-16 text-center">
      <CircleCheck aria-hidden="true" className="size-10 text-success" />
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        Thank you, you are done
      </h1>
      <p className="text-muted">
        All your choices and ratings for “{view.initialPrompt}” were received on{" "}
        <Time atMs={view.submittedAtMs} />.
      </p>
      <div className="mt-2 grid w-full gap-3 rounded-lg border bg-surface p-5 shadow-card">
        <p className="text-sm text-muted">Your completion code</p>
        <p className="font-mono text-2xl font-semibold tracking-wider break-all select-all">
          {view.completionCode}
        </p>
        <div className="flex justify-center">
          <CopyButton text={view.completionCode} label="Copy the code" />
        </div>
        <p className="text-sm text-muted">
          {view.exit
            ? "Go back with the button below, which hands the code in, or enter it there yourself."
            : "Keep it if you were asked for a code where you found this study."}
        </p>
      </div>
      {view.exit && <ExitLink exit={view.exit} />}
      <ButtonLink to={paths.raterHome()} variant={view.exit ? "secondary" : "primary"} className="mt-2">
        Back to your work
      </ButtonLink>
    </div>
  );
}
