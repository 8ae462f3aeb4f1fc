import { createHash } from "node:crypto";
import { join } from "node:path";
import { ExportError } from "../errors.ts";
import type { ColumnRecord, ImageRecord, TrajectoryRecord, TurnRecord } from "../records.ts";
import type { ObjectReader } from "./copy-images.ts";
import type { BundleFile } from "./counts.ts";
import { HashedFile } from "./hashed-file.ts";
import { TAR_END, tarHeader, tarPadding, tarSize } from "./tar.ts";

/** A shard is closed before the image that would make it bigger. */
export const SHARD_BYTES = 1_000_000_000;

/**
 * Archives of original images in the layout of WebDataset: `<image_id>.<ext>` and `<image_id>.json` side by side.
 * Which shard an image goes into depends on the sizes alone, so tables can name it before its bytes are read.
 */
export class ImageShards {
  readonly #objects: ObjectReader;
  readonly #folder: string;
  readonly #shardBytes: number;
  readonly #done: BundleFile[] = [];
  #file: HashedFile | null = null;
  /** Of the shard that the next image goes into. */
  #index = 0;
  #planned = 0;
  #open = "";

  constructor(objects: ObjectReader, folder: string, shardBytes = SHARD_BYTES) {
    this.#objects = objects;
    this.#folder = folder;
    this.#shardBytes = shardBytes;
  }

  /** Gives every image of the trajectory the name of its shard. Trajectories are planned and added in turn. */
  plan(record: TrajectoryRecord): void {
    for (const { image, meta } of imagesOf(record)) {
      const bytes = tarSize(image.byteSize) + tarSize(Buffer.byteLength(meta));
      if (this.#planned > 0 && this.#planned + bytes > this.#shardBytes) {
        this.#index += 1;
        this.#planned = 0;
      }
      this.#planned += bytes;
      image.shard = `images-${String(this.#index).padStart(5, "0")}.tar`;
    }
  }

  /** Copies the planned images, checking every byte against its hash. Returns them. */
  async add(record: TrajectoryRecord, signal?: AbortSignal): Promise<ImageRecord[]> {
    const out: ImageRecord[] = [];
    for (const { image, meta } of imagesOf(record)) {
      signal?.throwIfAborted();
      const file = await this.#fileOf(image.shard);
      await this.#copy(file, image);
      const id = image.fileName.slice(0, image.fileName.lastIndexOf("."));
      const text = Buffer.from(meta);
      await file.write(tarHeader(`${id}.json`, text.byteLength));
      await file.write(text);
      await file.write(tarPadding(text.byteLength));
      out.push(image);
    }
    return out;
  }

  async close(): Promise<BundleFile[]> {
    await this.#closeFile();
    return this.#done;
  }

  async abandon(): Promise<void> {
    await this.#file?.abandon();
  }

  async #copy(file: HashedFile, image: ImageRecord): Promise<void> {
    const hash = createHash("sha256");
    let bytes = 0;
    await file.write(tarHeader(image.fileName, image.byteSize));
    for await (const chunk of await this.#objects.read(image.sha256)) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).byteLength;
      await file.write(chunk as Buffer);
    }
    if (bytes !== image.byteSize || hash.digest("hex") !== image.sha256) {
      throw new ExportError(`The stored image ${image.sha256} is damaged: its bytes do not match its hash.`);
    }
    await file.write(tarPadding(bytes));
  }

  async #fileOf(name: string): Promise<HashedFile> {
    if (this.#file && this.#open === name) return this.#file;
    await this.#closeFile();
    this.#open = name;
    this.#file = await HashedFile.create(join(this.#folder, name));
    return this.#file;
  }

  async #closeFile(): Promise<void> {
    if (!this.#file) return;
    await this.#file.write(TAR_END);
    this.#done.push({ name: this.#open, rows: null, ...(await this.#file.close()) });
    this.#file = null;
  }
}

function* imagesOf(record: TrajectoryRecord): Generator<{ image: ImageRecord; meta: string }> {
  for (const turn of record.turns) {
    for (const column of turn.columns) {
      for (const image of column.images) yield { image, meta: metaText(record, turn, column, image) };
    }
  }
}

function metaText(
  record: TrajectoryRecord,
  turn: TurnRecord,
  column: ColumnRecord,
  image: ImageRecord,
): string {
  return JSON.stringify({
    image_id: image.imageId,
    column_id: column.columnId,
    trajectory_id: record.trajectoryId,
    turn_index: turn.turnIndex,
    column_index: column.columnIndex,
    image_index: image.imageIndex,
    prompt: column.prompt,
    sha256: image.sha256,
  });
}
