import { data } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { RequestError } from "../../domain/errors.ts";
import { RecruitmentLinkForm } from "../../features/console/recruitment-link-form.tsx";
import { RecruitmentLinks } from "../../features/console/recruitment-links.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { createRecruitmentLink } from "../../services/recruitment/create-recruitment-link.server.ts";
import { listRecruitmentLinks } from "../../services/recruitment/list-recruitment-links.server.ts";
import { setRecruitmentLinkStatus } from "../../services/recruitment/set-recruitment-link-status.server.ts";
import type { Route } from "./+types/links";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Recruitment links · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "rater.invite");
  const services = servicesOf(context);
  const links = await load(() => listRecruitmentLinks(services, actor, { studyId: params.studyId }));
  return { links, origin: url.origin, submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "rater.invite");
  const services = servicesOf(context);
  const form = await readForm(request);
  const { studyId } = params;
  const submissionId = formText(form, "submissionId");
  const linkId = formText(form, "linkId");
  const typed = {
    kind: formText(form, "kind"),
    pool: formText(form, "pool"),
    maxRaters: formText(form, "maxRaters"),
    trustsIds: form.has("trustsIds"),
  };
  try {
    switch (formText(form, "intent")) {
      case "create":
        await createRecruitmentLink(services, actor, { studyId, ...typed, submissionId });
        return { done: "The link is made. Copy its address into the panel’s study." };
      case "close":
        await setRecruitmentLinkStatus(services, actor, { studyId, linkId, status: "closed", submissionId });
        return { done: "The link takes no new people. Whoever came by it can still come back." };
      case "open":
        await setRecruitmentLinkStatus(services, actor, { studyId, linkId, status: "open", submissionId });
        return { done: "The link takes new people again." };
      default:
        throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed }, failure.init ?? undefined);
  }
}

/** How people of a panel get into a study. */
export default function Links({ loaderData, actionData }: Route.ComponentProps) {
  const { links, origin, submissionId } = loaderData;
  const failed = actionData && "error" in actionData ? actionData : null;
  return (
    <div className="grid grid-cols-1 gap-5">
      {actionData && "done" in actionData && <Alert tone="success">{actionData.done}</Alert>}
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <RecruitmentLinks links={links} origin={origin} submissionId={submissionId} />
        <RecruitmentLinkForm
          submissionId={submissionId}
          error={failed?.error ?? null}
          typed={failed?.typed ?? null}
        />
      </div>
    </div>
  );
}
