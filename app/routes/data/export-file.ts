import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { serveExportFile } from "../../server/serve-export-file.server.ts";
import type { Route } from "./+types/export-file";

/** Sends one file of a finished export. */
export function loader({ context, params, request, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  return load(() => serveExportFile(servicesOf(context), actor, request, params));
}
