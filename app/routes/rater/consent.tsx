import { redirect } from "react-router";
import { paths, phasePath } from "../../domain/paths.ts";
import { ConsentPage } from "../../features/onboarding/consent-page.tsx";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import { formText, handleFailure, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { declineConsent } from "../../services/onboarding/decline-consent.server.ts";
import { getConsent } from "../../services/onboarding/get-consent.server.ts";
import { giveConsent } from "../../services/onboarding/give-consent.server.ts";
import type { Route } from "./+types/consent";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Consent · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const view = await loadStep(assignmentId, () =>
    getConsent(servicesOf(args.context), actor, { assignmentId }),
  );
  if (view.phase !== "consent") throw redirect(phasePath(view), 303);
  if (view.assignmentStatus === "returned") throw redirect(paths.left(assignmentId), 303);
  return { view, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const ctx = servicesOf(args.context);
  const { assignmentId } = args.params;
  const form = await readForm(args.request);
  const scopes = form.getAll("scopes").filter((value) => typeof value === "string");
  try {
    if (formText(form, "intent") === "decline") {
      // An id of its own: the form's belongs to agreeing, whichever button came first.
      const submissionId = `${formText(form, "submissionId")}-no`;
      await declineConsent(ctx, actor, { assignmentId, submissionId });
      return redirect(paths.left(assignmentId), 303);
    }
    const session = await giveConsent(ctx, actor, {
      assignmentId,
      submissionId: formText(form, "submissionId"),
      scopes,
    });
    return redirect(phasePath(session), 303);
  } catch (error) {
    const failure = handleFailure(error);
    return { ...failure, data: { ...failure.data, ticked: scopes } };
  }
}

export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  return serverAction().catch(offlineFailure);
}

export default function Consent({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <ConsentPage
      key={loaderData.view.assignmentId}
      {...loaderData}
      error={actionData?.error ?? null}
      ticked={actionData && "ticked" in actionData ? actionData.ticked : []}
    />
  );
}
