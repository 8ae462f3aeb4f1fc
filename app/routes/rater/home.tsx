import { data, redirect } from "react-router";
import { paths } from "../../domain/paths.ts";
import { isPanelAddress } from "../../domain/recruitment.ts";
import { RaterHome } from "../../features/rater/rater-home.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { answerOffer } from "../../services/assignment/answer-offer.server.ts";
import { claimAssignment } from "../../services/assignment/claim-assignment.server.ts";
import { getRaterHome } from "../../services/assignment/get-rater-home.server.ts";
import { returnAssignment } from "../../services/assignment/return-assignment.server.ts";
import type { Route } from "./+types/home";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Your work · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const home = await load(() => getRaterHome(servicesOf(args.context), actor));
  // People who came by a panel have told nobody their name.
  const firstName = isPanelAddress(actor.email) ? "" : (actor.name.split(" ")[0] ?? "");
  return { home, firstName, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const ctx = servicesOf(args.context);
  const form = await readForm(args.request);
  const submissionId = formText(form, "submissionId");
  try {
    switch (formText(form, "intent")) {
      case "start": {
        const { assignmentId } = await claimAssignment(ctx, actor, {
          studyId: formText(form, "studyId"),
          submissionId,
        });
        return redirect(paths.session(assignmentId), 303);
      }
      case "accept":
      case "decline": {
        const assignmentId = formText(form, "assignmentId");
        const accept = formText(form, "intent") === "accept";
        await answerOffer(ctx, actor, {
          assignmentId,
          accept,
          // The form has one id and two buttons.
          submissionId: `${submissionId}-${accept ? "yes" : "no"}`,
        });
        return redirect(accept ? paths.session(assignmentId) : paths.raterHome(), 303);
      }
      case "return":
        await returnAssignment(ctx, actor, { assignmentId: formText(form, "assignmentId"), submissionId });
        return redirect(paths.raterHome(), 303);
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

export default function Home({ loaderData, actionData }: Route.ComponentProps) {
  return <RaterHome {...loaderData} error={actionData?.error.message ?? null} />;
}
