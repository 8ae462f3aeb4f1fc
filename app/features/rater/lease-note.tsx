import { Clock } from "lucide-react";
import { useEffect, useState } from "react";
import { useMatches } from "react-router";
import { useTranslations } from "use-intl";
import { cx } from "../../components/cx.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { Popover } from "../../components/popover.tsx";
import type { SessionHeader } from "../../domain/rater-views.ts";

const CHECK_EVERY_MS = 20_000;

/** In the top bar of every page of a session: until when the place is kept. It stands out once little is left. */
export function LeaseNote() {
  const t = useTranslations("session.lease");
  const session = useSessionHeader();
  const soon = useIsSoon(session);
  if (session?.assignmentStatus !== "active") return null;
  const time = <LocalTime atMs={session.leaseExpiresAtMs} />;
  return (
    <>
      <Popover
        id="lease-note"
        label={t("label")}
        variant={soon ? "secondary" : "ghost"}
        triggerClassName={cx("font-normal", soon ? "text-warning-ink" : "text-muted")}
        width="w-72"
        trigger={
          <>
            <Clock aria-hidden="true" className="size-4" />
            <span className="max-sm:sr-only">{t("keptUntil")}</span>{" "}
            {/* Before scripts the time is a whole date, for which a phone has no room. */}
            <span className="max-sm:inline-block max-sm:max-w-18 max-sm:truncate">{time}</span>
          </>
        }
      >
        <p className="text-sm">{t.rich("text", { time: () => time })}</p>
      </Popover>
      <p role="status" className="sr-only">
        {soon && t.rich("soon", { time: () => time })}
      </p>
    </>
  );
}

/** The header that the page's own loader brought. */
function useSessionHeader(): SessionHeader | null {
  const matches = useMatches();
  for (const { loaderData } of matches) {
    const view = (loaderData as { view?: Partial<SessionHeader> } | undefined)?.view;
    if (view?.leaseExpiresAtMs !== undefined) return view as SessionHeader;
  }
  return null;
}

function useIsSoon(session: SessionHeader | null): boolean {
  const [soon, setSoon] = useState(false);
  const remindAtMs = session?.remindAtMs ?? null;
  useEffect(() => {
    const check = () => setSoon(remindAtMs !== null && Date.now() >= remindAtMs);
    check();
    const timer = setInterval(check, CHECK_EVERY_MS);
    return () => clearInterval(timer);
  }, [remindAtMs]);
  return soon;
}
