import { workQuery } from "../../features/console/work-filter.ts";
import { WorkList } from "../../features/console/work-list.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { listWork } from "../../services/assignment/list-work.server.ts";
import type { Route } from "./+types/assignments";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Assignments · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const { studyId } = params;
  const page = await load(() => listWork(services, actor, { studyId, ...workQuery(url.searchParams) }));
  return { page, nowMs: services.now() };
}

/** Every assignment of a study, with what can be done about it. */
export default function Assignments({ loaderData, params }: Route.ComponentProps) {
  return <WorkList {...loaderData} studyId={params.studyId} />;
}
