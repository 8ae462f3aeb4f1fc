import { createHash, createHmac, hash, randomBytes } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const ALPHABET_CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const LENGTH = 26;

/** Prefixes, so that no id can be taken for a number. */
const PREFIXES = {
  study: "study_",
  arm: "arm_",
  rater: "r_",
  trajectory: "trj_",
  turn: "turn_",
  column: "col_",
  image: "img_",
} as const;
export type PseudonymKind = keyof typeof PREFIXES;

/** Maps an id of the database to its name in one release. */
export type Pseudonyms = (kind: PseudonymKind, id: string) => string;

/** A fresh key. It lives in memory for the length of one export and is never written anywhere. */
export function newReleaseKey(): Uint8Array {
  return randomBytes(32);
}

/**
 * Pseudonyms of one release: the prefix and 26 base32 characters (130 bits) of HMAC-SHA256(releaseKey, id).
 * Equal within a release; without the key, neither traced back nor linked to another release.
 */
export function createPseudonyms(releaseKey: Uint8Array): Pseudonyms {
  const hmac = createHmacSha256(releaseKey);
  return (kind, id) => nameOf(PREFIXES[kind], hmac(id));
}

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const SHORT_ID_BYTES = 128;

/**
 * HMAC-SHA256 (RFC 2104) of short texts under one key, as a string of one character a byte. Two plain hashes of prepared
 * blocks cost a third of an Hmac object, and a release has a hundred ids a trajectory.
 */
export function createHmacSha256(key: Uint8Array): (text: string) => string {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(key.byteLength > BLOCK_BYTES ? createHash("sha256").update(key).digest() : key);
  const inner = Buffer.alloc(BLOCK_BYTES + SHORT_ID_BYTES);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  for (let i = 0; i < BLOCK_BYTES; i++) {
    inner[i] = (block[i] as number) ^ 0x36;
    outer[i] = (block[i] as number) ^ 0x5c;
  }
  // Ids of one kind have one length: a view of each length is made once.
  const views = Array.from({ length: SHORT_ID_BYTES + 1 }, (_, n) => inner.subarray(0, BLOCK_BYTES + n));
  return (text) => {
    if (text.length * 3 > SHORT_ID_BYTES) return createHmac("sha256", block).update(text).digest("binary");
    const view = views[inner.write(text, BLOCK_BYTES, "utf8")] as Buffer;
    outer.write(hash("sha256", view, "binary"), BLOCK_BYTES, "latin1");
    return hash("sha256", outer, "binary");
  };
}

const scratch = Buffer.alloc(64);

/** Prefix and the first 26 base32 characters of a digest, as one flat string. */
function nameOf(prefix: string, digest: string): string {
  let at = scratch.write(prefix, "latin1");
  let buffer = 0;
  let bits = 0;
  for (let i = 0; i < LENGTH; i++) {
    if (bits < 5) {
      buffer = ((buffer << 8) | digest.charCodeAt((i * 5 + bits) >> 3)) & 0x1fff;
      bits += 8;
    }
    bits -= 5;
    scratch[at++] = ALPHABET_CODES[(buffer >> bits) & 31] as number;
  }
  return scratch.toString("latin1", 0, at);
}

/** RFC 4648 alphabet in lower case, without padding. */
export function base32(bytes: Uint8Array): string {
  let out = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(buffer >> bits) & 31];
    }
  }
  if (bits > 0) out += ALPHABET[(buffer << (5 - bits)) & 31];
  return out;
}

/** For studies whose ids are pseudonyms already, because they were imported from a bundle. */
export const keepIds: Pseudonyms = (_kind, id) => id;
