import { redirect } from "react-router";
import { phasePath } from "../../domain/paths.ts";
import { AboutYouPage } from "../../features/onboarding/about-you-page.tsx";
import { readAboutYouForm } from "../../features/onboarding/read-about-you-form.ts";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import { formText, handleFailure, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { getAboutYou } from "../../services/onboarding/get-about-you.server.ts";
import { saveAboutYou } from "../../services/onboarding/save-about-you.server.ts";
import type { Route } from "./+types/about-you";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "About you · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const view = await loadStep(assignmentId, () =>
    getAboutYou(servicesOf(args.context), actor, { assignmentId }),
  );
  if (view.phase !== "about_you") throw redirect(phasePath(view), 303);
  return { view, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const form = await readForm(args.request);
  try {
    const session = await saveAboutYou(servicesOf(args.context), actor, {
      assignmentId: args.params.assignmentId,
      submissionId: formText(form, "submissionId"),
      answers: readAboutYouForm(form),
    });
    return redirect(phasePath(session), 303);
  } catch (error) {
    return handleFailure(error);
  }
}

export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  return serverAction().catch(offlineFailure);
}

export default function AboutYou({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <AboutYouPage key={loaderData.view.assignmentId} {...loaderData} error={actionData?.error ?? null} />
  );
}
