import { MonitorSmartphone } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { paths } from "../../../domain/paths.ts";
import { tabOf } from "./tab.ts";
import { useTabState } from "./use-tab.ts";

/**
 * Covers the page while the task is open in another tab or on another device: this one stops writing until the rater takes
 * the task over on purpose. Nothing typed here is lost: it is kept on this device and offered again.
 */
export function ElsewhereDialog({ assignmentId }: { assignmentId: string }) {
  const t = useTranslations("session.elsewhere");
  const tSignIn = useTranslations("session.signInAgain");
  const state = useTabState(assignmentId);
  const dialog = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const open = state === "elsewhere";
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);

  async function takeOver() {
    setBusy(true);
    const taken = await tabOf(assignmentId).takeOver();
    setBusy(false);
    setFailed(!taken);
    // What was saved elsewhere in the meantime has to be on this page before anything is typed over it.
    if (taken) window.location.reload();
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby="elsewhere-title"
      onCancel={(event) => event.preventDefault()}
      className="m-auto w-[calc(100vw-2rem)] max-w-md rounded-xl border bg-raised p-6 text-text shadow-pop backdrop:bg-black/60"
    >
      <MonitorSmartphone aria-hidden="true" className="mb-3 size-7 text-muted" />
      <h2 id="elsewhere-title" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="mt-2 text-sm text-muted">{t("text")}</p>
      {failed && (
        <p role="alert" className="mt-3 text-sm font-medium text-danger-ink">
          {tSignIn("noAnswer")}
        </p>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <ButtonLink to={paths.raterHome()}>{t("leave")}</ButtonLink>
        <Button type="button" variant="primary" pending={busy} onClick={() => void takeOver()}>
          {t("goOn")}
        </Button>
      </div>
    </dialog>
  );
}
