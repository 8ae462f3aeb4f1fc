import { Outlet, redirect } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Tabs } from "../../components/tabs.tsx";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { STUDY_ACTIONS, type StudyAction } from "../../domain/study.ts";
import { localPath } from "../../features/account/local-path.ts";
import { failureOf } from "../../features/console/failure.ts";
import { settingsChanges } from "../../features/console/settings-changes.ts";
import { StatusActions } from "../../features/console/status-actions.tsx";
import { StudyStatusBadge } from "../../features/console/study-status.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import type { ServiceContext } from "../../services/context.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import { getStudySettings } from "../../services/study/get-study-settings.server.ts";
import { setStudyStatus } from "../../services/study/set-study-status.server.ts";
import type { Route } from "./+types/study";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const { studyId } = params;
  const study = await load(() => getStudyHeader(services, actor, { studyId }));
  return {
    study,
    changes:
      study.version > 0 && study.actions.includes("publish")
        ? await load(() => changesOfDraft(services, actor, studyId))
        : [],
    submissionId: services.newId("sub"),
  };
}

/** What publishing would change. */
async function changesOfDraft(services: ServiceContext, actor: Actor, studyId: string) {
  const { published, draft } = await getStudySettings(services, actor, { studyId });
  return published ? settingsChanges(published, draft) : [];
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const form = await readForm(request);
  const { studyId } = params;
  try {
    await setStudyStatus(servicesOf(context), actor, {
      studyId,
      action: readAction(formText(form, "intent")),
      submissionId: formText(form, "submissionId"),
    });
  } catch (error) {
    return handleFailure(error);
  }
  const home = paths.study(studyId);
  const next = localPath(formText(form, "next"), home);
  return redirect(next.startsWith(`${home}/`) ? next : home, 303);
}

function readAction(intent: string): StudyAction {
  const action = STUDY_ACTIONS.find((a) => a === intent);
  if (!action) throw new RequestError("BAD_REQUEST", "A study has no such action.");
  return action;
}

/** The frame of all pages about one study: name, status, actions and tabs. */
export default function Study({ loaderData, actionData }: Route.ComponentProps) {
  const { study, changes, submissionId } = loaderData;
  const failure = failureOf(actionData);
  return (
    <>
      <PageHeader
        title={study.name}
        breadcrumbs={[{ label: "Studies", to: paths.console() }]}
        badge={<StudyStatusBadge status={study.status} version={study.version} />}
        actions={
          <StatusActions
            study={study}
            changes={changes}
            actions={study.actions}
            submissionId={submissionId}
          />
        }
      />
      {failure && (
        <Alert tone="danger" className="mb-6">
          {failure.message}
        </Alert>
      )}
      <Tabs
        label="Study"
        tabs={[
          { to: paths.study(study.studyId), label: "Monitor", end: true },
          { to: paths.studySettings(study.studyId), label: "Settings" },
          { to: paths.studyRaters(study.studyId), label: "Raters" },
          { to: paths.studyLinks(study.studyId), label: "Links" },
          { to: paths.studyAssignments(study.studyId), label: "Assignments" },
          { to: paths.studyTrajectories(study.studyId), label: "Trajectories" },
          { to: paths.studyAllocation(study.studyId), label: "Allocation" },
          { to: paths.studyProblems(study.studyId), label: "Problems", count: study.openProblems },
          { to: paths.studyWebhooks(study.studyId), label: "Webhooks" },
        ]}
      />
      <Outlet />
    </>
  );
}
