import { data } from "react-router";
import { RequestError } from "../../domain/errors.ts";
import { failureOf } from "../../features/console/failure.ts";
import { WebhookPage } from "../../features/webhooks/webhook-page.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { listDeliveries } from "../../services/webhook/list-deliveries.server.ts";
import { getWebhook } from "../../services/webhook/list-webhooks.server.ts";
import { redeliverWebhook } from "../../services/webhook/redeliver-webhook.server.ts";
import { rotateWebhookSecret } from "../../services/webhook/rotate-webhook-secret.server.ts";
import { testWebhook } from "../../services/webhook/test-webhook.server.ts";
import { updateWebhook } from "../../services/webhook/update-webhook.server.ts";
import type { Route } from "./+types/webhook";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Webhook · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const cursor = url.searchParams.get("cursor");
  const [webhook, deliveries] = await Promise.all([
    load(() => getWebhook(services, actor, params)),
    load(() => listDeliveries(services, actor, { ...params, cursor, limit: 25 })),
  ]);
  return { webhook, deliveries, nowMs: services.now(), submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const form = await readForm(request);
  const args = { ...params, submissionId: formText(form, "submissionId") };
  const events = form.getAll("events").filter((event) => typeof event === "string");
  const sent = { url: formText(form, "url"), description: formText(form, "description"), events };
  // Other buttons of the page's forms send none of it.
  const typed = form.has("url") ? sent : null;
  try {
    switch (formText(form, "intent")) {
      case "save":
        await updateWebhook(services, actor, { ...args, ...sent });
        return { done: "Saved." };
      case "disable":
        await updateWebhook(services, actor, { ...args, status: "disabled" });
        return { done: "The webhook is disabled: nothing is sent until you enable it.", typed };
      case "enable":
        await updateWebhook(services, actor, { ...args, status: "enabled" });
        return { done: "The webhook is enabled. Messages that waited are sent now.", typed };
      case "test":
        await testWebhook(services, actor, args);
        return { done: "A test message is on its way. Reload the page to see what came of it.", typed };
      case "rotate":
        return { secret: (await rotateWebhookSecret(services, actor, args)).secret, typed };
      case "redeliver":
        await redeliverWebhook(services, actor, { ...args, deliveryId: formText(form, "deliveryId") });
        return { done: "The message is sent once more. Reload the page to see what came of it." };
      default:
        throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed }, failure.init ?? undefined);
  }
}

/** One webhook: its settings, and what became of each message. */
export default function Webhook({ loaderData, actionData, params }: Route.ComponentProps) {
  return (
    <WebhookPage
      {...loaderData}
      studyId={params.studyId}
      failure={failureOf(actionData)}
      typed={actionData && "typed" in actionData ? (actionData.typed ?? null) : null}
      done={actionData && "done" in actionData ? (actionData.done ?? null) : null}
      secret={actionData && "secret" in actionData ? (actionData.secret ?? null) : null}
    />
  );
}
