import { createReadableStreamFromReadable } from "@react-router/node";
import type { Actor } from "../domain/actor.ts";
import { notFound } from "../domain/errors.ts";
import type { ServiceContext } from "../services/context.ts";
import { openExportArchive } from "../services/dataset/open-export-archive.server.ts";
import { ARCHIVE_FORMATS, createArchive } from "./archive.ts";

const TYPES = { zip: "application/zip", tar: "application/x-tar" } as const;

/**
 * The whole bundle of a finished export as one file. Its length is told before, so that a transfer that breaks off is no
 * success. Throws NOT_FOUND.
 */
export async function serveExportArchive(
  ctx: ServiceContext,
  actor: Actor,
  request: Request,
  { exportId, format: asked }: { exportId: string; format: string },
): Promise<Response> {
  const format = ARCHIVE_FORMATS.find((one) => one === asked);
  if (!format) throw notFound("archive");
  const { name, finishedAtMs, members } = await openExportArchive(ctx, actor, { exportId });
  const { byteSize, stream } = await createArchive(format, members, finishedAtMs);
  const headers = {
    "content-type": TYPES[format],
    "content-length": String(byteSize),
    "content-disposition": `attachment; filename="${name}.${format}"`,
    // Whoever compressed it on the way would break the length.
    "cache-control": "private, no-store, no-transform",
  };
  if (request.method === "HEAD") {
    stream.destroy();
    return new Response(null, { headers });
  }
  stream.once("error", (err) => ctx.log.warn({ err, exportId }, "an archive broke off"));
  return new Response(createReadableStreamFromReadable(stream), { headers });
}
