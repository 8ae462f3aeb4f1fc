import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ObjectStoreError } from "../errors.ts";
import { REFRESH_AFTER_MS } from "../port.ts";
import { type Connection, withBodyHash, within } from "./client.ts";
import { codeOf, explainS3Error, statusOf } from "./explain.ts";

const CONFLICT_PAUSE_MS = 150;
const CONFLICTS = 5;
const FILE_TRIES = 3;

/** A body that can be sent more than once. */
interface Source {
  byteSize: number;
  open(): Buffer | Readable;
}

/** Writes immutable objects. Remembers what the service cannot do, so that it is not asked again. */
export class S3Writer {
  readonly #s3: Connection;
  #conditional = true;

  constructor(s3: Connection) {
    this.#s3 = s3;
  }

  /** Throws ObjectStoreError. */
  put(key: string, sha256: string, bytes: Buffer, signal?: AbortSignal): Promise<void> {
    return this.#put(key, sha256, { byteSize: bytes.byteLength, open: () => bytes }, signal);
  }

  /** The same for a file, which is read as it is sent. */
  async putFile(key: string, sha256: string, path: string, signal?: AbortSignal): Promise<void> {
    const { size: byteSize } = await stat(path);
    const source: Source = { byteSize, open: () => createReadStream(path) };
    for (let tries = 1; ; tries++) {
      try {
        await this.#put(key, sha256, source, signal);
        return;
      } catch (error) {
        // The SDK repeats what it has in memory; a stream it cannot begin anew.
        if (signal?.aborted || tries >= FILE_TRIES || !(error instanceof ObjectStoreError)) throw error;
      }
    }
  }

  async #put(key: string, sha256: string, bytes: Source, signal?: AbortSignal): Promise<void> {
    const ends = within(this.#s3.patience, bytes.byteSize, signal);
    try {
      if (this.#conditional && (await this.#putIfNew(key, sha256, bytes, ends))) return;
      if (await this.#isThere(key, bytes.byteSize, ends)) return;
      await this.#send(key, sha256, bytes, ends);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw explainS3Error(this.#s3.config, error);
    }
  }

  /** False when there is such an object already, or when the service does not know conditions. */
  async #putIfNew(key: string, sha256: string, bytes: Source, signal: AbortSignal): Promise<boolean> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        await this.#send(key, sha256, bytes, signal, "*");
        return true;
      } catch (error) {
        const status = statusOf(error);
        if (status === 412) return false;
        // Somebody writes the same object at this moment.
        if (status === 409 && conflicts < CONFLICTS) {
          await new Promise((resolve) => setTimeout(resolve, CONFLICT_PAUSE_MS * (conflicts + 1)));
          continue;
        }
        if (status === 501 || /^(NotImplemented|InvalidArgument|UnsupportedHeader)$/.test(codeOf(error))) {
          this.#conditional = false;
          return false;
        }
        throw error;
      }
    }
  }

  async #isThere(key: string, byteSize: number, signal: AbortSignal): Promise<boolean> {
    try {
      const head = await this.#s3.client.send(
        new HeadObjectCommand({ Bucket: this.#s3.config.bucket, Key: key }),
        { abortSignal: signal },
      );
      const ageMs = Date.now() - (head.LastModified?.getTime() ?? 0);
      return head.ContentLength === byteSize && ageMs < REFRESH_AFTER_MS;
    } catch (error) {
      // Without ListBucket, AWS answers 403 for what is not there.
      if (statusOf(error) === 404 || statusOf(error) === 403) return false;
      throw error;
    }
  }

  async #send(key: string, sha256: string, bytes: Source, signal: AbortSignal, ifNoneMatch?: "*") {
    const command = new PutObjectCommand({
      Bucket: this.#s3.config.bucket,
      Key: key,
      Body: bytes.open(),
      ContentLength: bytes.byteSize,
      ContentType: "application/octet-stream",
      ...(ifNoneMatch && { IfNoneMatch: ifNoneMatch }),
    });
    await this.#s3.client.send(withBodyHash(command, sha256), { abortSignal: signal });
  }
}
