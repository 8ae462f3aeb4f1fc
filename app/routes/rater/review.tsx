import { redirect } from "react-router";
import { paths } from "../../domain/paths.ts";
import { ReviewPage } from "../../features/evaluation/review-page.tsx";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import { formText, handleFailure, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { getReview } from "../../services/evaluation/get-review.server.ts";
import { submitEvaluation } from "../../services/evaluation/submit-evaluation.server.ts";
import type { Route } from "./+types/review";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Review · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const view = await loadStep(assignmentId, () =>
    getReview(servicesOf(args.context), actor, { assignmentId }),
  );
  if (view.phase === "done") throw redirect(paths.done(assignmentId), 303);
  return { view, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const form = await readForm(args.request);
  try {
    await submitEvaluation(servicesOf(args.context), actor, {
      assignmentId,
      submissionId: formText(form, "submissionId"),
    });
    return redirect(paths.done(assignmentId), 303);
  } catch (error) {
    return handleFailure(error);
  }
}

export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  return serverAction().catch(offlineFailure);
}

export default function Review({ loaderData, actionData }: Route.ComponentProps) {
  return <ReviewPage {...loaderData} error={actionData?.error ?? null} />;
}
