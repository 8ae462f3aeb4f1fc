import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { cx } from "../../components/cx.ts";
import type { OutboxView } from "./outbox/outbox.ts";
import { SignInAgain } from "./sign-in-dialog.tsx";

const FAILED = "text-danger-ink font-medium";
const LOOKS = {
  saving: { icon: LoaderCircle, tone: "text-muted" },
  saved: { icon: Check, tone: "text-success-ink" },
  retrying: { icon: CloudOff, tone: FAILED },
  signed_out: { icon: CloudOff, tone: FAILED },
  moved: { icon: CloudOff, tone: FAILED },
  refused: { icon: TriangleAlert, tone: FAILED },
  conflict: { icon: TriangleAlert, tone: FAILED },
};

/** What has become of the latest change; says "Saved" only when the server has said so. */
export function SaveIndicator({ outbox }: { outbox: Pick<OutboxView, "state" | "message"> }) {
  const t = useTranslations("session.save");
  const { state, message } = outbox;
  const look = state === "idle" ? null : LOOKS[state];
  return (
    <span role="status" className={cx("flex min-h-5 flex-wrap items-center gap-1 text-sm", look?.tone)}>
      {look && (
        <>
          <look.icon aria-hidden="true" className={cx("size-3.5", state === "saving" && "animate-spin")} />
          {state === "refused" && message ? message : state !== "idle" && t(state)}
          {state === "signed_out" && <SignInAgain />}
        </>
      )}
    </span>
  );
}
