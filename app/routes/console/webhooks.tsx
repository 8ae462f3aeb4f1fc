import { data, redirect } from "react-router";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { failureOf } from "../../features/console/failure.ts";
import { WebhooksPage } from "../../features/webhooks/webhooks-page.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { createWebhook } from "../../services/webhook/create-webhook.server.ts";
import { deleteWebhook } from "../../services/webhook/delete-webhook.server.ts";
import { listWebhooks } from "../../services/webhook/list-webhooks.server.ts";
import type { Route } from "./+types/webhooks";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Webhooks · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  return {
    webhooks: await load(() => listWebhooks(services, actor, params)),
    nowMs: services.now(),
    submissionId: services.newId("sub"),
  };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const { studyId } = params;
  const form = await readForm(request);
  const submissionId = formText(form, "submissionId");
  const events = form.getAll("events").filter((event) => typeof event === "string");
  const typed = { url: formText(form, "url"), description: formText(form, "description"), events };
  try {
    switch (formText(form, "intent")) {
      case "create":
        return { made: await createWebhook(services, actor, { studyId, ...typed, submissionId }) };
      case "delete":
        await deleteWebhook(services, actor, {
          studyId,
          webhookId: formText(form, "webhookId"),
          submissionId,
        });
        return redirect(paths.studyWebhooks(studyId), 303);
      default:
        throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed }, failure.init ?? undefined);
  }
}

/** Which other systems are told about a study. */
export default function Webhooks({ loaderData, actionData, params }: Route.ComponentProps) {
  return (
    <WebhooksPage
      {...loaderData}
      studyId={params.studyId}
      failure={failureOf(actionData)}
      typed={actionData && "typed" in actionData ? actionData.typed : null}
      made={actionData && "made" in actionData ? actionData.made : null}
    />
  );
}
