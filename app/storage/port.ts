import type { Readable } from "node:stream";

/** Port of the object store. Objects are immutable and addressed by the SHA-256 of their bytes (hex). */
export interface ObjectStore {
  readonly id: string;
  /** Stores the bytes under their hash; storing the same bytes again has no effect. */
  put(sha256: string, bytes: Buffer): Promise<void>;
  /** Byte length, or null when there is no such object. */
  size(sha256: string): Promise<number | null>;
  /** Streams the object, or the inclusive byte range of it. Throws {@link ObjectMissingError}. */
  read(sha256: string, range?: { start: number; end: number }): Promise<Readable>;
  /** Proves that the store can be written to; throws with one clear sentence when it cannot. */
  check(): Promise<void>;
}

export class ObjectMissingError extends Error {
  override readonly name = "ObjectMissingError";
}
