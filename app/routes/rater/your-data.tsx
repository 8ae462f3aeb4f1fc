import { data } from "react-router";
import { readAboutYouForm } from "../../features/onboarding/read-about-you-form.ts";
import { YourDataPage } from "../../features/onboarding/your-data-page.tsx";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { withdrawConsent } from "../../services/assignment/withdraw-consent.server.ts";
import { editAboutYou } from "../../services/onboarding/edit-about-you.server.ts";
import { getYourData } from "../../services/onboarding/get-your-data.server.ts";
import { createPersonalLink } from "../../services/recruitment/create-personal-link.server.ts";
import type { Route } from "./+types/your-data";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Your data · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const yours = await load(() => getYourData(servicesOf(args.context), actor));
  return { yours, origin: args.url.origin, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const ctx = servicesOf(args.context);
  const form = await readForm(args.request);
  const submissionId = formText(form, "submissionId");
  try {
    switch (formText(form, "intent")) {
      case "withdraw":
        await withdrawConsent(ctx, actor, { studyId: formText(form, "studyId"), submissionId });
        return { done: "You have withdrawn. Thank you for the time that you gave.", link: null };
      case "about-you":
        await editAboutYou(ctx, actor, { submissionId, answers: readAboutYouForm(form) });
        return { done: "Your answers are saved.", link: null };
      case "link":
        return { done: null, link: await createPersonalLink(ctx, actor) };
      default:
        return data(
          { error: { code: "BAD_REQUEST", message: "The form was not understood.", fields: {} } },
          { status: 400 },
        );
    }
  } catch (error) {
    return handleFailure(error);
  }
}

export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  return serverAction().catch(offlineFailure);
}

export default function YourData({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <YourDataPage
      {...loaderData}
      done={actionData && "done" in actionData ? actionData.done : null}
      link={actionData && "link" in actionData ? actionData.link : null}
      error={actionData && "error" in actionData ? actionData.error : null}
    />
  );
}
