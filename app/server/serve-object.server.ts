import { createReadableStreamFromReadable } from "@react-router/node";
import type { ServiceContext } from "../services/context.ts";
import { parseRange } from "./range.ts";

/** One object over HTTP: its hash is its ETag, it never changes, ranges work, shared caches must not keep it. */
export async function serveObject(
  ctx: ServiceContext,
  request: Request,
  object: { sha256: string; byteSize: number; mimeType: string },
): Promise<Response> {
  const etag = `"${object.sha256}"`;
  const headers = new Headers({
    etag,
    "content-type": object.mimeType,
    "cache-control": "private, max-age=31536000, immutable",
    "accept-ranges": "bytes",
    vary: "cookie",
  });
  const known = request.headers.get("if-none-match");
  if (known && (known === "*" || known.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag))) {
    return new Response(null, { status: 304, headers });
  }
  const rangeHeader = request.headers.get("range");
  const ifRange = request.headers.get("if-range");
  const range =
    rangeHeader && (ifRange === null || ifRange === etag) ? parseRange(rangeHeader, object.byteSize) : null;
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${object.byteSize}`);
    return new Response(null, { status: 416, headers });
  }
  const length = range ? range.end - range.start + 1 : object.byteSize;
  headers.set("content-length", String(length));
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${object.byteSize}`);
  const status = range ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const stream = await ctx.objects.read(object.sha256, range ?? undefined);
  return new Response(createReadableStreamFromReadable(stream), { status, headers });
}
