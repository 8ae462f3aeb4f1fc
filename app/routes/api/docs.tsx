import { ApiDocs } from "../../features/api-docs/api-docs.tsx";
import { describeApi } from "../../server/api/describe-api.server.ts";
import { actorContext, envContext } from "../../server/context.server.ts";
import type { Route } from "./+types/docs";
import { endpoints } from "./v1/endpoints/index.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "API · Turnwise" }];

export function loader({ context }: Route.LoaderArgs) {
  const { baseUrl } = context.get(envContext);
  return { ...describeApi(endpoints, baseUrl), role: context.get(actorContext)?.role ?? null };
}

/** The API for people: made from the same table as its routes. */
export default function Docs({ loaderData }: Route.ComponentProps) {
  return <ApiDocs {...loaderData} />;
}
