import { DonePage } from "../../features/rater/done-page.tsx";
import { requireActor, servicesOf } from "../../server/http.server.ts";
import { getDone } from "../../services/evaluation/get-done.server.ts";
import type { Route } from "./+types/done";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Done · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  return {
    view: await loadStep(assignmentId, () => getDone(servicesOf(args.context), actor, { assignmentId })),
  };
}

export default function Done({ loaderData }: Route.ComponentProps) {
  return <DonePage view={loaderData.view} />;
}
