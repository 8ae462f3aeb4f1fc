import { createHash, randomBytes } from "node:crypto";

export const INVITATION_DAYS = 14;
export const INVITATION_LIFE_MS = INVITATION_DAYS * 24 * 60 * 60 * 1000;

/** 256 random bits for a link; only its hash is stored. */
export function newInvitationToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashInvitationToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where an invitation stands. */
export function invitationState(
  invitation: { acceptedAtMs: number | null; revokedAtMs: number | null; expiresAtMs: number },
  nowMs: number,
): "open" | "accepted" | "expired" | "revoked" {
  if (invitation.acceptedAtMs !== null) return "accepted";
  if (invitation.revokedAtMs !== null) return "revoked";
  return invitation.expiresAtMs <= nowMs ? "expired" : "open";
}
