import { redirect } from "react-router";
import { phasePath } from "../../domain/paths.ts";
import { InstructionsPage } from "../../features/rater/instructions-page.tsx";
import { formText, handleFailure, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { getInstructions } from "../../services/trajectory/get-instructions.server.ts";
import { readInstructions } from "../../services/trajectory/read-instructions.server.ts";
import type { Route } from "./+types/instructions";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Instructions · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const view = await loadStep(assignmentId, () =>
    getInstructions(servicesOf(args.context), actor, { assignmentId }),
  );
  return { view, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const form = await readForm(args.request);
  try {
    const session = await readInstructions(servicesOf(args.context), actor, {
      assignmentId: args.params.assignmentId,
      submissionId: formText(form, "submissionId"),
    });
    return redirect(phasePath(session), 303);
  } catch (error) {
    return handleFailure(error);
  }
}

export default function Instructions({ loaderData, actionData }: Route.ComponentProps) {
  return <InstructionsPage {...loaderData} error={actionData?.error.message ?? null} />;
}
