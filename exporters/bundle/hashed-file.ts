import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { ByteSink } from "../encoders/encoder.ts";

const BUFFER_BYTES = 256 * 1024;

export interface FileDigest {
  byteSize: number;
  sha256: string;
}

/** A new file that is hashed while it is written, and on disk (fsync) when `close` returns. */
export class HashedFile implements ByteSink {
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #parts: Uint8Array[] = [];
  #buffered = 0;
  #byteSize = 0;

  static async create(path: string): Promise<HashedFile> {
    return new HashedFile(await open(path, "wx"));
  }

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  write(data: string | Uint8Array): Promise<void> | undefined {
    const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
    this.#parts.push(bytes);
    this.#buffered += bytes.byteLength;
    return this.#buffered >= BUFFER_BYTES ? this.#flush() : undefined;
  }

  async close(): Promise<FileDigest> {
    await this.#flush();
    await this.#handle.sync();
    await this.#handle.close();
    return { byteSize: this.#byteSize, sha256: this.#hash.digest("hex") };
  }

  /** Gives up; the file's folder is about to be removed. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#buffered = 0;
    this.#hash.update(bytes);
    this.#byteSize += bytes.byteLength;
    await this.#handle.writeFile(bytes);
  }
}
