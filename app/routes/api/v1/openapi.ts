import { openApiDocument } from "../../../server/api/openapi.server.ts";
import { envContext } from "../../../server/context.server.ts";
import type { Route } from "./+types/openapi";
import { endpoints } from "./endpoints/index.server.ts";

/** The OpenAPI document: it tells nothing about this installation but its address, so it needs no key. */
export function loader({ context }: Route.LoaderArgs) {
  const { baseUrl } = context.get(envContext);
  const document = openApiDocument(endpoints, baseUrl);
  return Response.json(document, { headers: { "cache-control": "public, max-age=300" } });
}
