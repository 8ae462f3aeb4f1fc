import { ExternalLink } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Exit } from "../../domain/recruitment.ts";

/** The way back to the panel that sent a rater; the panel learns nothing from the referrer. */
export function ExitLink({ exit }: { exit: Exit }) {
  const t = useTranslations("session.done");
  return (
    <a
      href={exit.url}
      rel="noreferrer"
      className="inline-flex min-h-11 items-center justify-center gap-2 rounded-md bg-accent px-5 py-2 font-medium break-all text-on-accent no-underline hover:bg-accent-strong"
    >
      {t("returnTo", { host: exit.host })}
      <ExternalLink aria-hidden="true" className="size-4 shrink-0" />
    </a>
  );
}
