import { createReadStream } from "node:fs";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { serveBytes } from "../../server/serve-object.server.ts";
import { openExportFile } from "../../services/dataset/open-export-file.server.ts";
import type { Route } from "./+types/export-file";

const TYPES: Record<string, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
  jsonl: "application/jsonl; charset=utf-8",
};

/** Sends one file of a finished export; a broken download goes on with a range request. */
export async function loader({ context, params, request, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const file = await load(() => openExportFile(servicesOf(context), actor, params));
  return serveBytes(
    request,
    {
      etag: `"${file.sha256}"`,
      byteSize: file.byteSize,
      mimeType: TYPES[file.name.split(".").at(-1) ?? ""] ?? "text/plain; charset=utf-8",
      // Whoever compressed it on the way would break ranges and the length.
      cacheControl: "private, no-cache, no-transform",
      disposition: `attachment; filename="${file.name}"`,
    },
    (range) => createReadStream(file.path, range),
  );
}
