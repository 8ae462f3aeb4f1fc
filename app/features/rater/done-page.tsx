import { CircleCheck } from "lucide-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { Time } from "../../components/time.tsx";
import { paths } from "../../domain/paths.ts";
import type { DoneView } from "../../domain/rater-views.ts";
import { ExitLink } from "./exit-link.tsx";
import { forgetOutbox } from "./outbox/browser-outbox.ts";

/** Thanks and the completion code. */
export function DonePage({ view }: { view: DoneView }) {
  const t = useTranslations("session.done");
  useEffect(() => forgetOutbox(view.assignmentId), [view.assignmentId]);
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-4 px-6 py-16 text-center">
      <CircleCheck aria-hidden="true" className="size-10 text-success" />
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        {t("title")}
      </h1>
      <p className="text-muted">
        {t.rich("received", {
          prompt: view.initialPrompt,
          time: () => <Time atMs={view.submittedAtMs} />,
        })}
      </p>
      <div className="mt-2 grid w-full gap-3 rounded-lg border bg-surface p-5 shadow-card">
        <p className="text-sm text-muted">{t("code")}</p>
        <p className="font-mono text-2xl font-semibold tracking-wider break-all select-all">
          {view.completionCode}
        </p>
        <div className="flex justify-center">
          <CopyButton text={view.completionCode} label={t("copy")} />
        </div>
        <p className="text-sm text-muted">{view.exit ? t("handIn") : t("keep")}</p>
      </div>
      {view.exit && <ExitLink exit={view.exit} />}
      <ButtonLink to={paths.raterHome()} variant={view.exit ? "secondary" : "primary"} className="mt-2">
        {t("back")}
      </ButtonLink>
    </div>
  );
}
