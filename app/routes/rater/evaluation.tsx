import { redirect, type ShouldRevalidateFunctionArgs } from "react-router";
import { paths } from "../../domain/paths.ts";
import { EvaluationPage } from "../../features/evaluation/evaluation-page.tsx";
import { readAnswers } from "../../features/evaluation/read-answers.ts";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import {
  formText,
  handleFailure,
  positiveInt,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { getEvaluation } from "../../services/evaluation/get-evaluation.server.ts";
import { saveTurnEvaluation } from "../../services/evaluation/save-turn-evaluation.server.ts";
import type { Route } from "./+types/evaluation";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ params }) => [
  { title: `Rate turn ${params.turnNumber} · Turnwise` },
];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const turnNumber = positiveInt(args.params.turnNumber);
  const view = await loadStep(assignmentId, () =>
    getEvaluation(servicesOf(args.context), actor, { assignmentId, turnNumber }),
  );
  if (view.phase === "done") throw redirect(paths.done(assignmentId), 303);
  return { view };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const turnNumber = positiveInt(args.params.turnNumber);
  const form = await readForm(args.request);
  const intent = formText(form, "intent");
  const token = formText(form, "writerToken");
  try {
    const saved = await saveTurnEvaluation(servicesOf(args.context), actor, {
      assignmentId,
      turnNumber,
      answers: readAnswers(form),
      writerToken: /^\d{1,9}$/.test(token) ? Number(token) : null,
    });
    if (intent === "next" && saved.nextTurnNumber !== null) {
      return redirect(paths.evaluation(assignmentId, saved.nextTurnNumber), 303);
    }
    if (intent === "previous")
      return redirect(paths.evaluation(assignmentId, Math.max(1, turnNumber - 1)), 303);
    if (intent === "next" || intent === "review") return redirect(paths.review(assignmentId), 303);
    return { ...saved, error: null };
  } catch (error) {
    return handleFailure(error);
  }
}

export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  return serverAction().catch(offlineFailure);
}

/** An autosave changes nothing that the page does not know already. */
export function shouldRevalidate(args: ShouldRevalidateFunctionArgs) {
  const { formData, currentUrl, nextUrl, defaultShouldRevalidate } = args;
  // One that ends while the page is already changing must not stop the next page from loading.
  const stays = currentUrl.pathname === nextUrl.pathname;
  return stays && formData?.get("intent") === "save" ? false : defaultShouldRevalidate;
}

export default function Evaluation({ loaderData, actionData }: Route.ComponentProps) {
  const { view } = loaderData;
  return (
    <EvaluationPage
      key={`${view.assignmentId}:${view.turnNumber}`}
      view={view}
      error={actionData?.error ?? null}
    />
  );
}
