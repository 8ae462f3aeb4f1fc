import { LeftPage } from "../../features/onboarding/left-page.tsx";
import { requireActor, servicesOf } from "../../server/http.server.ts";
import { getLeft } from "../../services/onboarding/get-left.server.ts";
import type { Route } from "./+types/left";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Not taking part · Turnwise" }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  return {
    view: await loadStep(assignmentId, () => getLeft(servicesOf(args.context), actor, { assignmentId })),
  };
}

export default function Left({ loaderData }: Route.ComponentProps) {
  return <LeftPage view={loaderData.view} />;
}
