import { LogOut } from "lucide-react";
import { ButtonLink } from "../../components/button.tsx";
import { paths } from "../../domain/paths.ts";
import type { LeftView } from "../../domain/rater-views.ts";
import { ExitLink } from "../rater/exit-link.tsx";

/** A kind goodbye to someone who did not agree, with the way back to where they came from. */
export function LeftPage({ view }: { view: LeftView }) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-4 px-6 py-16 text-center">
      <LogOut aria-hidden="true" className="size-9 text-muted" />
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        You are not taking part
      </h1>
      <p className="text-muted">
        You did not agree to the consent text of {view.studyName}. That is fine: your place is free for
        somebody else, and no answers of yours are kept.
      </p>
      {view.exit ? (
        <>
          <p className="text-sm text-muted">
            You can close this page, or go back to where you came from, which then knows that you did not take
            part.
          </p>
          <ExitLink exit={view.exit} />
        </>
      ) : (
        <p className="text-sm text-muted">You can close this page. If you change your mind, start again.</p>
      )}
      <ButtonLink to={paths.raterHome()}>Back to your work</ButtonLink>
    </div>
  );
}
