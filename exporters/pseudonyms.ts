import { createHmac, createSecretKey, randomBytes } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
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
  // Imported once: handing the bytes to every HMAC costs ten times the HMAC itself.
  const key = createSecretKey(releaseKey);
  return (kind, id) => {
    const digest = createHmac("sha256", key).update(id, "utf8").digest();
    return PREFIXES[kind] + base32(digest).slice(0, LENGTH);
  };
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
