import { HealthPage } from "../../features/console/health-page.tsx";
import { LiveStatus } from "../../features/console/live-status.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { getSystemHealth } from "../../services/operation/get-system-health.server.ts";
import type { Route } from "./+types/health";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "System health · Turnwise" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  return { health: await load(() => getSystemHealth(servicesOf(context), actor)) };
}

/** How the installation is doing. */
export default function Health({ loaderData: { health } }: Route.ComponentProps) {
  return <HealthPage health={health} status={<LiveStatus nowMs={health.nowMs} />} />;
}
