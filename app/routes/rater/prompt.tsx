import { redirect } from "react-router";
import { paths, phasePath } from "../../domain/paths.ts";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import { PromptPage } from "../../features/rater/prompt-page.tsx";
import { formText, handleFailure, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { getPrompt } from "../../services/trajectory/get-prompt.server.ts";
import { submitInitialPrompt } from "../../services/trajectory/submit-initial-prompt.server.ts";
import type { Route } from "./+types/prompt";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Your prompt · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const view = await loadStep(assignmentId, () =>
    getPrompt(servicesOf(args.context), actor, { assignmentId }),
  );
  if (view.phase !== "prompt") throw redirect(phasePath(view), 303);
  return { view, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const form = await readForm(args.request);
  const prompt = formText(form, "prompt");
  try {
    const { turnNumber } = await submitInitialPrompt(servicesOf(args.context), actor, {
      assignmentId,
      submissionId: formText(form, "submissionId"),
      prompt,
    });
    return redirect(paths.turn(assignmentId, turnNumber), 303);
  } catch (error) {
    const failure = handleFailure(error);
    return { ...failure, data: { ...failure.data, typed: prompt } };
  }
}

export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  return serverAction().catch(offlineFailure);
}

export default function Prompt({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <PromptPage
      key={loaderData.view.assignmentId}
      {...loaderData}
      error={actionData?.error ?? null}
      typed={actionData && "typed" in actionData ? actionData.typed : null}
    />
  );
}
