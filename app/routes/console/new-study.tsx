import { data, Form, redirect, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { TextInput } from "../../components/inputs.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { defaultStudySettings } from "../../domain/study-settings.ts";
import { failureOf } from "../../features/console/failure.ts";
import { StartingPoint } from "../../features/console/starting-point.tsx";
import { formText, handleFailure, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { createStudy } from "../../services/study/create-study.server.ts";
import type { Route } from "./+types/new-study";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "New study · Turnwise" }];

export function loader({ context, url }: Route.LoaderArgs) {
  requireActor({ context, url }, "study.manage");
  return { submissionId: servicesOf(context).newId("sub"), settings: defaultStudySettings() };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const form = await readForm(request);
  const name = formText(form, "name");
  try {
    const submissionId = formText(form, "submissionId");
    const { studyId } = await createStudy(servicesOf(context), actor, { name, submissionId });
    return redirect(paths.studySettings(studyId), 303);
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, name }, failure.init ?? undefined);
  }
}

/** Name a study; everything else starts from the paper's own study. */
export default function NewStudy({ loaderData, actionData }: Route.ComponentProps) {
  const failure = failureOf(actionData);
  const busy = useNavigation().formData?.has("name") ?? false;
  return (
    <>
      <PageHeader
        title="New study"
        breadcrumbs={[{ label: "Studies", to: paths.console() }]}
        description="It starts as a draft: nobody sees it until you publish it."
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <Card>
          <Form method="post" className="grid gap-5">
            {failure && !failure.fields.name && <Alert tone="danger">{failure.message}</Alert>}
            <input type="hidden" name="submissionId" value={loaderData.submissionId} />
            <TextInput
              label="Name"
              name="name"
              hint="For you and your team. Raters see it too, so do not name arms or models in it."
              defaultValue={actionData?.name ?? ""}
              error={failure?.fields.name}
              maxLength={120}
              autoComplete="off"
              required
            />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" pending={busy}>
                Create study
              </Button>
              <ButtonLink to={paths.console()} variant="ghost">
                Cancel
              </ButtonLink>
            </div>
          </Form>
        </Card>
        <StartingPoint settings={loaderData.settings} />
      </div>
    </>
  );
}
