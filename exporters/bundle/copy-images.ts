import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ExportError } from "../errors.ts";
import type { ImageRecord, TrajectoryRecord } from "../records.ts";

/** The part of the object store that an export needs. */
export interface ObjectReader {
  read(sha256: string): Promise<Readable>;
}

const AT_ONCE = 8;

/**
 * Copies the original images of one trajectory into the folder, checking every byte against its hash.
 * No further one is begun once `signal` is aborted.
 */
export async function copyImages(
  objects: ObjectReader,
  record: TrajectoryRecord,
  folder: string,
  signal?: AbortSignal,
): Promise<ImageRecord[]> {
  const images = record.turns.flatMap((turn) => turn.columns.flatMap((column) => column.images));
  for (let i = 0; i < images.length; i += AT_ONCE) {
    const batch = images.slice(i, i + AT_ONCE);
    await Promise.all(batch.map((image) => copyImage(objects, image, folder, signal)));
  }
  return images;
}

async function copyImage(
  objects: ObjectReader,
  image: ImageRecord,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const hash = createHash("sha256");
  const source = await objects.read(image.sha256);
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(join(folder, image.fileName), { flags: "wx" }),
  );
  if (hash.digest("hex") !== image.sha256) {
    throw new ExportError(`The stored image ${image.sha256} is damaged: its bytes do not match its hash.`);
  }
}
