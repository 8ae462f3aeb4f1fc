import type { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import type { ServiceContext } from "../services/context.ts";
import type { StoredImage } from "../services/trajectory/find-image.server.ts";
import { ObjectMissingError } from "../storage/errors.ts";
import { type ByteRange, parseRange } from "./range.ts";

/** Bytes as HTTP describes them. */
export interface ServedBytes {
  /** Strong, with its quotes. */
  etag: string;
  byteSize: number;
  mimeType: string;
  cacheControl: string;
  /** Content-Disposition; none = shown in the page. */
  disposition?: string;
}

/** Answers GET and HEAD for bytes with a known hash: 304 to who has them, ranges, or all. Opens only what is sent. */
export async function serveBytes(
  request: Request,
  { etag, byteSize, mimeType, cacheControl, disposition }: ServedBytes,
  open: (range: ByteRange | undefined) => Promise<Readable> | Readable,
): Promise<Response> {
  const headers = new Headers({
    etag,
    "content-type": mimeType,
    "cache-control": cacheControl,
    "accept-ranges": "bytes",
    vary: "cookie",
  });
  if (disposition !== undefined) headers.set("content-disposition", disposition);
  const known = request.headers.get("if-none-match");
  if (known && (known === "*" || known.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag))) {
    return new Response(null, { status: 304, headers });
  }
  const rangeHeader = request.headers.get("range");
  const ifRange = request.headers.get("if-range");
  const range =
    rangeHeader && (ifRange === null || ifRange === etag) ? parseRange(rangeHeader, byteSize) : null;
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${byteSize}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-length", String(range ? range.end - range.start + 1 : byteSize));
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${byteSize}`);
  const status = range ? 206 : 200;
  if (request.method === "HEAD" || byteSize === 0) return new Response(null, { status, headers });
  const stream = await open(range ?? undefined);
  return new Response(createReadableStreamFromReadable(stream), { status, headers });
}

/** One object over HTTP: its hash is its ETag, it never changes, ranges work, shared caches must not keep it. */
export async function serveObject(
  ctx: ServiceContext,
  request: Request,
  { studyId, sha256, byteSize, mimeType }: StoredImage,
): Promise<Response> {
  const cacheControl = "private, max-age=31536000, immutable";
  const objects = ctx.objects.inStudy(studyId);
  try {
    const link = await objects.temporaryUrl(sha256, { mimeType });
    if (link) return redirectFor(link);
    return await serveBytes(request, { etag: `"${sha256}"`, byteSize, mimeType, cacheControl }, (range) =>
      objects.read(sha256, range),
    );
  } catch (error) {
    ctx.log.error({ err: error, studyId, sha256 }, "a stored image could not be opened");
    if (error instanceof ObjectMissingError) {
      return unavailable("This image is not in the store any more. Report it, and go on.", 404);
    }
    return unavailable("The image store does not answer right now. Try again in a moment.", 503);
  }
}

/** Bytes that are made of an object when somebody asks, under a tag of their own. */
export async function serveMadeBytes(
  ctx: ServiceContext,
  request: Request,
  { tag, mimeType, read }: { tag: string; mimeType: string; read: () => Promise<Buffer> },
): Promise<Response> {
  const headers = {
    etag: `"${tag}"`,
    "content-type": mimeType,
    "cache-control": "private, max-age=31536000, immutable",
    vary: "cookie",
  };
  if (request.headers.get("if-none-match")?.includes(`"${tag}"`)) {
    return new Response(null, { status: 304, headers });
  }
  try {
    return new Response(new Uint8Array(await read()), { headers });
  } catch (error) {
    ctx.log.error({ err: error, tag }, "a stored image could not be opened");
    return unavailable("The image store does not answer right now. Try again in a moment.", 503);
  }
}

/**
 * Sends the browser to the store itself. Our own address stays the one in the page and never expires; what is remembered
 * of the way to the store is forgotten well before the link ends.
 */
function redirectFor({ url, validForMs }: { url: string; validForMs: number }): Response {
  const rememberSeconds = Math.floor(validForMs / 2000);
  return new Response(null, {
    status: 302,
    headers: { location: url, "cache-control": `private, max-age=${rememberSeconds}`, vary: "cookie" },
  });
}

function unavailable(text: string, status: number): Response {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(text, { status, headers });
}
