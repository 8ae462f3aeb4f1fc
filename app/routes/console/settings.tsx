import { data } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { RequestError } from "../../domain/errors.ts";
import { ChangesCard } from "../../features/console/changes-list.tsx";
import { failureOf } from "../../features/console/failure.ts";
import { isConsentUnversioned, settingsChanges } from "../../features/console/settings-changes.ts";
import { SettingsForm } from "../../features/console/settings-form.tsx";
import {
  changeForm,
  settingsFromValues,
  valuesFromForm,
  valuesOf,
} from "../../features/console/settings-values.ts";
import { VersionNote } from "../../features/console/version-note.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { getStudySettings } from "../../services/study/get-study-settings.server.ts";
import { updateStudySettings } from "../../services/study/update-study-settings.server.ts";
import type { Route } from "./+types/settings";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `Settings of ${loaderData?.view.name ?? "a study"} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const { studyId } = params;
  const view = await load(() => getStudySettings(services, actor, { studyId }));
  const { published, draft } = view;
  return {
    view,
    values: valuesOf(view.name, draft),
    changes: published ? settingsChanges(published, draft) : [],
    isConsentUnversioned: published !== null && isConsentUnversioned(published, draft),
    submissionId: services.newId("sub"),
  };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const { studyId } = params;
  const form = await readForm(request);
  const { name, draft } = await load(() => getStudySettings(services, actor, { studyId }));
  const values = valuesFromForm(form, valuesOf(name, draft));
  const intent = formText(form, "intent");
  const changed = changeForm(values, intent);
  if (changed) return data({ values: changed, saved: false }, { status: 200 });
  try {
    if (intent !== "save") throw new RequestError("BAD_REQUEST", "This form has no such button.");
    await updateStudySettings(services, actor, {
      studyId,
      name: values.name,
      settings: settingsFromValues(values, draft),
      submissionId: formText(form, "submissionId"),
    });
    return data({ values, saved: true }, { status: 200 });
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, values, saved: false }, failure.init ?? undefined);
  }
}

/** One object, so that the form can tell a new refusal from the same one. */
const NO_ERRORS: Record<string, string> = {};

/** The draft of a study's settings. */
export default function Settings({ loaderData, actionData }: Route.ComponentProps) {
  const { view, submissionId } = loaderData;
  const failure = failureOf(actionData);
  return (
    <div className="grid grid-cols-1 gap-5">
      <VersionNote view={view} />
      <ChangesCard
        version={view.version}
        changes={loaderData.changes}
        isConsentUnversioned={loaderData.isConsentUnversioned}
      />
      {actionData?.saved && <Alert tone="success">The draft is saved.</Alert>}
      {failure && (
        <Alert tone="danger" title="The draft is not saved">
          {failure.message}
        </Alert>
      )}
      <SettingsForm
        key={view.studyId}
        values={actionData?.values ?? loaderData.values}
        errors={failure?.fields ?? NO_ERRORS}
        choices={view.choices}
        submissionId={submissionId}
        saved={actionData?.saved ?? false}
      />
    </div>
  );
}
