import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { serveExportArchive } from "../../server/serve-export-archive.server.ts";
import type { Route } from "./+types/export-archive";

/** Sends a finished export as one archive. */
export function loader({ context, params, request, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  return load(() => serveExportArchive(servicesOf(context), actor, request, params));
}
