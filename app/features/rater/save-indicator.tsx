import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import { cx } from "../../components/cx.ts";
import type { OutboxView } from "./outbox/outbox.ts";
import { SignInAgain } from "./sign-in-dialog.tsx";

const FAILED = "text-danger-ink font-medium";
const LOOKS = {
  saving: { text: "Saving…", icon: LoaderCircle, tone: "text-muted" },
  saved: { text: "Saved", icon: Check, tone: "text-success-ink" },
  retrying: {
    text: "Kept on this device – saving as soon as Turnwise answers",
    icon: CloudOff,
    tone: FAILED,
  },
  signed_out: { text: "Kept on this device – you are signed out.", icon: CloudOff, tone: FAILED },
  moved: { text: "Not saved – you went on elsewhere.", icon: CloudOff, tone: FAILED },
  refused: { text: "Not saved", icon: TriangleAlert, tone: FAILED },
  conflict: { text: "Changed in two places", icon: TriangleAlert, tone: FAILED },
};

/** What has become of the latest change; says "Saved" only when the server has said so. */
export function SaveIndicator({ outbox }: { outbox: Pick<OutboxView, "state" | "message"> }) {
  const { state, message } = outbox;
  const look = state === "idle" ? null : LOOKS[state];
  return (
    <span role="status" className={cx("flex min-h-5 flex-wrap items-center gap-1 text-sm", look?.tone)}>
      {look && (
        <>
          <look.icon aria-hidden="true" className={cx("size-3.5", state === "saving" && "animate-spin")} />
          {state === "refused" && message ? message : look.text}
          {state === "signed_out" && <SignInAgain />}
        </>
      )}
    </span>
  );
}
