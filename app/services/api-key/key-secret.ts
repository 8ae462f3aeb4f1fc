import { createHash, randomBytes } from "node:crypto";
import { API_KEY_PREFIX } from "../../domain/api-key.ts";

/** A new key: 256 random bits. Only its hash is stored. */
export function newApiKey(): string {
  return API_KEY_PREFIX + randomBytes(32).toString("base64url");
}

/** Keys are looked up by this: comparing hashes in an index tells nothing about the key through timing. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
