/** Every key begins with this, so that people and secret scanners recognise one. */
export const API_KEY_PREFIX = "twk_";
/** 43 characters of base64url: 256 random bits. */
export const API_KEY_PATTERN = /^twk_[A-Za-z0-9_-]{43}$/;
/** So much of a key is kept in the open, to tell keys apart. */
export const API_KEY_SHOWN_CHARACTERS = 12;
export const API_KEY_NAME_MAX_CHARACTERS = 80;
/** Live keys of one person. */
export const API_KEYS_MAX = 50;
export const API_KEY_DAYS = [7, 30, 90, 365] as const;
export const API_KEY_DAYS_MAX = 3650;

export type ApiKeyState = "active" | "expired" | "revoked";

export function apiKeyState(
  key: { revokedAtMs: number | null; expiresAtMs: number | null },
  nowMs: number,
): ApiKeyState {
  if (key.revokedAtMs !== null) return "revoked";
  return key.expiresAtMs !== null && key.expiresAtMs <= nowMs ? "expired" : "active";
}
