import { LogOut } from "lucide-react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../components/button.tsx";
import { paths } from "../../domain/paths.ts";
import type { LeftView } from "../../domain/rater-views.ts";
import { ExitLink } from "../rater/exit-link.tsx";

/** A kind goodbye to someone who did not agree, with the way back to where they came from. */
export function LeftPage({ view }: { view: LeftView }) {
  const t = useTranslations("onboarding.left");
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-4 px-6 py-16 text-center">
      <LogOut aria-hidden="true" className="size-9 text-muted" />
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        {t("title")}
      </h1>
      <p className="text-muted">{t("text", { study: view.studyName })}</p>
      {view.exit ? (
        <>
          <p className="text-sm text-muted">{t("goBack")}</p>
          <ExitLink exit={view.exit} />
        </>
      ) : (
        <p className="text-sm text-muted">{t("close")}</p>
      )}
      <ButtonLink to={paths.raterHome()}>{t("back")}</ButtonLink>
    </div>
  );
}
