import { createReadableStreamFromReadable } from "@react-router/node";
import { toSpreadsheetCsv } from "../../exporters/index.ts";
import type { Actor } from "../domain/actor.ts";
import type { ServiceContext } from "../services/context.ts";
import { openExportFile } from "../services/dataset/open-export-file.server.ts";
import { serveBytes } from "./serve-object.server.ts";

const TYPES: Record<string, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
  jsonl: "application/jsonl; charset=utf-8",
};

/** One file of a finished export over HTTP; a broken download goes on with a range request. Throws NOT_FOUND. */
export async function serveExportFile(
  ctx: ServiceContext,
  actor: Actor,
  request: Request,
  args: { exportId: string; name: string },
): Promise<Response> {
  const table = /^(.+)\.spreadsheet\.csv$/.exec(args.name)?.[1];
  if (table !== undefined) return serveSpreadsheet(ctx, actor, request, { ...args, table });
  const file = await openExportFile(ctx, actor, args);
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
    (range) => file.open(range),
  );
}

/** Made from the table's CSV while it is sent, so that there are neither ranges nor a length. */
async function serveSpreadsheet(
  ctx: ServiceContext,
  actor: Actor,
  request: Request,
  { exportId, name, table }: { exportId: string; name: string; table: string },
): Promise<Response> {
  const file = await openExportFile(ctx, actor, { exportId, name: `${table}.csv` });
  const headers = {
    "content-type": TYPES.csv as string,
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "private, no-store",
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  const stream = toSpreadsheetCsv(await file.open());
  stream.once("error", (err) => ctx.log.warn({ err, exportId, name }, "a table for spreadsheets broke off"));
  return new Response(createReadableStreamFromReadable(stream), { headers });
}
