import { type ApiHandler, createApi } from "../../../server/api/dispatch.server.ts";
import { clientAddressContext, envContext, servicesContext } from "../../../server/context.server.ts";
import type { Env } from "../../../server/env.server.ts";
import type { Route } from "./+types/endpoint";
import { endpoints } from "./endpoints/index.server.ts";

/** One handler per installation: it holds the rate limits of this process. */
const handlers = new WeakMap<Env, ApiHandler>();

/** Every address below /api/v1, whatever the method. */
function handle({ request, context }: Pick<Route.LoaderArgs, "request" | "context">): Promise<Response> {
  const env = context.get(envContext);
  const known = handlers.get(env);
  const handler =
    known ?? createApi({ endpoints, baseUrl: env.baseUrl, requestsPerMinute: env.apiRequestsPerMinute });
  if (!known) handlers.set(env, handler);
  return handler(context.get(servicesContext), request, context.get(clientAddressContext));
}

export const loader = (args: Route.LoaderArgs) => handle(args);
export const action = (args: Route.ActionArgs) => handle(args);
