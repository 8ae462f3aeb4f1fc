import { Outlet, useParams, useSearchParams } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { AppShell } from "../../components/app-shell.tsx";
import { useRootData } from "../../components/root-data.ts";
import { paths } from "../../domain/paths.ts";
import { isPanelAddress } from "../../domain/recruitment.ts";
import { KeySheet } from "../../features/rater/keys/key-sheet.tsx";
import { LeaseNote } from "../../features/rater/lease-note.tsx";
import { outboxOf } from "../../features/rater/outbox/browser-outbox.ts";
import { ReportProblem } from "../../features/rater/report-problem.tsx";
import { SignInAgainProvider } from "../../features/rater/sign-in-dialog.tsx";
import { requireActor } from "../../server/http.server.ts";
import type { Route } from "./+types/layout";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export function loader(args: Route.LoaderArgs) {
  const { name, email } = requireActor(args, "rate");
  // People who came by a panel have no address that means anything to them.
  return { name, email: isPanelAddress(email) ? "" : email, submissionId: crypto.randomUUID() };
}

/** Name and address do not change while one works. */
export function shouldRevalidate() {
  return false;
}

export default function RaterLayout({ loaderData }: Route.ComponentProps) {
  const t = useTranslations("ui");
  const { theme } = useRootData();
  const { assignmentId, turnNumber } = useParams();
  const [search] = useSearchParams();
  return (
    <AppShell
      user={{ name: loaderData.name, email: loaderData.email, roleLabel: t("rater") }}
      theme={theme}
      homeTo={paths.raterHome()}
      nav={
        assignmentId
          ? []
          : [
              { to: paths.raterHome(), label: t("yourWork"), end: true },
              { to: paths.yourData(), label: t("yourData") },
            ]
      }
      languages
      width="full"
      tools={
        <>
          <KeySheet />
          {assignmentId && (
            <>
              <LeaseNote />
              <ReportProblem
                assignmentId={assignmentId}
                turnNumber={turnNumber}
                submissionId={loaderData.submissionId}
              />
            </>
          )}
        </>
      }
    >
      {search.has("reported") && (
        <Alert tone="success" className="mx-auto mt-3 w-fit">
          Thank you. Your report has reached the people who run this study.
        </Alert>
      )}
      <SignInAgainProvider
        email={loaderData.email}
        onSignedIn={() => assignmentId && outboxOf(assignmentId).retry()}
      >
        <Outlet />
      </SignInAgainProvider>
    </AppShell>
  );
}
