import { Check, CloudOff, LoaderCircle } from "lucide-react";
import { cx } from "../../components/cx.ts";
import { SignInAgain } from "./failure-text.tsx";

/** "idle": nothing was changed since the page opened. */
export type SaveState = "idle" | "saving" | "saved" | "retrying" | "signed_out";

const FAILED = "text-danger-ink font-medium";
const LOOKS = {
  saving: { text: "Saving…", icon: LoaderCircle, tone: "text-muted" },
  saved: { text: "Saved", icon: Check, tone: "text-success-ink" },
  retrying: { text: "Not saved – retrying", icon: CloudOff, tone: FAILED },
  signed_out: { text: "Not saved – you are signed out.", icon: CloudOff, tone: FAILED },
};

/** What has become of the latest change; says "Saved" only when the server has said so. */
export function SaveIndicator({ state }: { state: SaveState }) {
  const look = state === "idle" ? null : LOOKS[state];
  return (
    <span role="status" className={cx("flex min-h-5 flex-wrap items-center gap-1 text-sm", look?.tone)}>
      {look && (
        <>
          <look.icon aria-hidden="true" className={cx("size-3.5", state === "saving" && "animate-spin")} />
          {look.text}
          {state === "signed_out" && <SignInAgain />}
        </>
      )}
    </span>
  );
}
