import type { Capability, Role } from "./roles.ts";
import { hasCapability } from "./roles.ts";

/** What an API key may be allowed to do, with the capability that its owner must have. */
export const API_SCOPES = [
  "studies:read",
  "studies:write",
  "raters:read",
  "raters:write",
  "invitations:read",
  "invitations:write",
  "assignments:read",
  "assignments:write",
  "progress:read",
  "exports:read",
  "exports:write",
  "webhooks:read",
  "webhooks:write",
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

const NEEDS: Record<ApiScope, Capability> = {
  "studies:read": "study.read",
  "studies:write": "study.manage",
  "raters:read": "rater.invite",
  "raters:write": "rater.invite",
  "invitations:read": "rater.invite",
  "invitations:write": "rater.invite",
  "assignments:read": "study.manage",
  "assignments:write": "study.manage",
  "progress:read": "study.read",
  "exports:read": "dataset.export",
  "exports:write": "dataset.export",
  "webhooks:read": "study.manage",
  "webhooks:write": "study.manage",
};

export const API_SCOPE_TEXTS: Record<ApiScope, string> = {
  "studies:read": "List studies and read their settings",
  "studies:write": "Create, change, publish, pause and close studies",
  "raters:read": "List the raters of a study",
  "raters:write": "Add raters, block them and let them in again",
  "invitations:read": "List invitations",
  "invitations:write": "Invite raters and revoke invitations",
  "assignments:read": "List assignments",
  "assignments:write": "Act on assignments: offer, extend, pause, release, review",
  "progress:read": "Read progress, funnel and arms",
  "exports:read": "List exports and download their files",
  "exports:write": "Start exports",
  "webhooks:read": "List webhooks and their deliveries",
  "webhooks:write": "Create, change and delete webhooks",
};

export function isApiScope(value: unknown): value is ApiScope {
  return API_SCOPES.includes(value as ApiScope);
}

/** The scopes that a key of somebody with this role can have: never beyond the role's own capabilities. */
export function scopesOf(role: Role): ApiScope[] {
  return API_SCOPES.filter((scope) => hasCapability(role, NEEDS[scope]));
}

/** What a key may do now: what it was given, as far as its owner's role still reaches. */
export function effectiveScopes(granted: readonly string[], role: Role): ApiScope[] {
  return scopesOf(role).filter((scope) => granted.includes(scope));
}
