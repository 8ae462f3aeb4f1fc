import { createReadStream } from "node:fs";
import { createReadableStreamFromReadable } from "@react-router/node";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { parseRange } from "../../server/range.ts";
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
  const etag = `"${file.sha256}"`;
  const headers = new Headers({
    etag,
    "accept-ranges": "bytes",
    // Whoever compressed it on the way would break ranges and the length.
    "cache-control": "private, no-cache, no-transform",
    "content-type": TYPES[file.name.split(".").at(-1) ?? ""] ?? "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="${file.name}"`,
  });
  if (request.headers.get("if-none-match")?.includes(etag))
    return new Response(null, { status: 304, headers });

  const rangeHeader = request.headers.get("range");
  const ifRange = request.headers.get("if-range");
  const range =
    rangeHeader && (ifRange === null || ifRange === etag) ? parseRange(rangeHeader, file.byteSize) : null;
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${file.byteSize}` } });
  }
  headers.set("content-length", String(range ? range.end - range.start + 1 : file.byteSize));
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${file.byteSize}`);
  const status = range ? 206 : 200;
  if (request.method === "HEAD" || file.byteSize === 0) return new Response(null, { status, headers });
  const stream = createReadStream(file.path, range ?? undefined);
  return new Response(createReadableStreamFromReadable(stream), { status, headers });
}
