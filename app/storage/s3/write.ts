import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { REFRESH_AFTER_MS } from "../port.ts";
import { type Connection, withBodyHash } from "./client.ts";
import { codeOf, explainS3Error, statusOf } from "./explain.ts";

const CONFLICT_PAUSE_MS = 150;
const CONFLICTS = 5;

/** Writes immutable objects. Remembers what the service cannot do, so that it is not asked again. */
export class S3Writer {
  readonly #s3: Connection;
  #conditional = true;

  constructor(s3: Connection) {
    this.#s3 = s3;
  }

  /** Throws ObjectStoreError. */
  async put(key: string, sha256: string, bytes: Buffer, signal?: AbortSignal): Promise<void> {
    const deadline = AbortSignal.timeout(this.#s3.patience.objectMs);
    const ends = signal ? AbortSignal.any([signal, deadline]) : deadline;
    try {
      if (this.#conditional && (await this.#putIfNew(key, sha256, bytes, ends))) return;
      if (await this.#isThere(key, bytes.byteLength, ends)) return;
      await this.#send(key, sha256, bytes, ends);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw explainS3Error(this.#s3.config, error);
    }
  }

  /** False when there is such an object already, or when the service does not know conditions. */
  async #putIfNew(key: string, sha256: string, bytes: Buffer, signal: AbortSignal): Promise<boolean> {
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

  async #send(key: string, sha256: string, bytes: Buffer, signal: AbortSignal, ifNoneMatch?: "*") {
    const command = new PutObjectCommand({
      Bucket: this.#s3.config.bucket,
      Key: key,
      Body: bytes,
      ContentLength: bytes.byteLength,
      ContentType: "application/octet-stream",
      ...(ifNoneMatch && { IfNoneMatch: ifNoneMatch }),
    });
    await this.#s3.client.send(withBodyHash(command, sha256), { abortSignal: signal });
  }
}
