import { data, redirect } from "react-router";
import { phasePath } from "../../domain/paths.ts";
import { PracticePage } from "../../features/onboarding/practice-page.tsx";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import { formText, handleFailure, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { finishPractice } from "../../services/onboarding/finish-practice.server.ts";
import { getPractice } from "../../services/onboarding/get-practice.server.ts";
import { tryPractice } from "../../services/onboarding/try-practice.server.ts";
import type { Route } from "./+types/practice";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Practice · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const view = await loadStep(assignmentId, () =>
    getPractice(servicesOf(args.context), actor, { assignmentId }),
  );
  return { view, tryId: crypto.randomUUID(), finishId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const ctx = servicesOf(args.context);
  const { assignmentId } = args.params;
  const form = await readForm(args.request);
  const submissionId = formText(form, "submissionId");
  try {
    switch (formText(form, "intent")) {
      case "try": {
        const column = Number(formText(form, "column"));
        return { verdict: await tryPractice(ctx, actor, { assignmentId, submissionId, column }) };
      }
      case "finish":
        return redirect(phasePath(await finishPractice(ctx, actor, { assignmentId, submissionId })), 303);
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

export default function Practice({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <PracticePage
      key={loaderData.view.assignmentId}
      {...loaderData}
      verdict={actionData && "verdict" in actionData ? actionData.verdict : null}
      error={actionData && "error" in actionData ? actionData.error : null}
    />
  );
}
