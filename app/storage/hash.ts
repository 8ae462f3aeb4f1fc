import { createHash } from "node:crypto";
import { ObjectDamagedError } from "./errors.ts";

const SHA256_HEX = /^[0-9a-f]{64}$/;
const STUDY_ID = /^[A-Za-z0-9_-]{1,64}$/;

export function isSha256(text: string): boolean {
  return SHA256_HEX.test(text);
}

export function isStudyId(text: string): boolean {
  return STUDY_ID.test(text);
}

export function assertSha256(sha256: string): void {
  if (!isSha256(sha256)) throw new TypeError("an object key is a SHA-256 in lower-case hex");
}

export function assertStudyId(studyId: string): void {
  if (!isStudyId(studyId)) throw new TypeError("a study id has letters, digits, - and _ only");
}

/** Bytes are hashed once, however many ask; so they must not change after the first question. */
const known = new WeakMap<Buffer, Promise<string>>();

/** SHA-256 in lower-case hex, computed beside the main thread. */
export function sha256Of(bytes: Buffer): Promise<string> {
  let hash = known.get(bytes);
  if (!hash) {
    hash = crypto.subtle
      .digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)
      .then((digest) => Buffer.from(digest).toString("hex"));
    known.set(bytes, hash);
  }
  return hash;
}

export async function assertHashOf(sha256: string, bytes: Buffer): Promise<void> {
  assertSha256(sha256);
  if ((await sha256Of(bytes)) !== sha256) {
    throw new TypeError("the bytes do not have the hash that they are to be stored under");
  }
}

/**
 * Passes a whole object on and checks it. The last chunk is held back until the hash is right, so that a damaged object
 * never looks complete. Throws {@link ObjectDamagedError}.
 */
export async function* verified(sha256: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let held: Buffer | null = null;
  for await (const chunk of source) {
    hash.update(chunk);
    if (held) yield held;
    held = chunk;
  }
  if (hash.digest("hex") !== sha256) {
    throw new ObjectDamagedError(`object ${sha256} is damaged: its bytes do not match its hash`);
  }
  if (held) yield held;
}
