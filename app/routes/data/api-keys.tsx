import { ApiKeysPage } from "../../features/api-keys/api-keys-page.tsx";
import { actOnApiKeysPage, loadApiKeysPage } from "../../server/api-keys-page.server.ts";
import type { Route } from "./+types/api-keys";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "API keys · Turnwise" }];

export const loader = (args: Route.LoaderArgs) => loadApiKeysPage(args);
export const action = (args: Route.ActionArgs) => actOnApiKeysPage(args);

export default function ApiKeys({ loaderData, actionData }: Route.ComponentProps) {
  return <ApiKeysPage {...loaderData} answer={actionData ?? null} />;
}
