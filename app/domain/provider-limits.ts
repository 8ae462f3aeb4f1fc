import type { ProviderFault } from "./provider-call.ts";

/** What an operator allows of one provider, over all processes together; null = no limit. */
export interface ProviderLimits {
  /** Steps at once. */
  concurrency: number | null;
  stepsPerMinute: number | null;
}

export const NO_LIMITS: ProviderLimits = { concurrency: null, stepsPerMinute: null };

/** A token bucket: `tokens` were left at `atMs`; it refills evenly up to a tenth of a minute's worth (at least one). */
export interface Bucket {
  tokens: number;
  atMs: number;
}

const MINUTE_MS = 60_000;
const BURST_SHARE = 0.1;

/** Takes up to `wanted` whole tokens. */
export function takeTokens(
  bucket: Bucket | null,
  perMinute: number,
  wanted: number,
  nowMs: number,
): { taken: number; bucket: Bucket } {
  const size = Math.max(1, perMinute * BURST_SHARE);
  const refill = bucket ? (Math.max(0, nowMs - bucket.atMs) * perMinute) / MINUTE_MS : size;
  const tokens = Math.min(size, (bucket?.tokens ?? 0) + refill);
  const taken = Math.max(0, Math.min(Math.floor(tokens), wanted));
  return { taken, bucket: { tokens: tokens - taken, atMs: Math.max(nowMs, bucket?.atMs ?? nowMs) } };
}

/** Faults that speak of the service's health, not of one request. */
const UNHEALTHY: readonly ProviderFault[] = [
  "unreachable",
  "timeout",
  "unavailable",
  "misconfigured",
  "malformed",
];

/** Whether a call counts against the provider's circuit breaker. */
export function countsAsFailure(fault: ProviderFault | null): boolean {
  return fault !== null && UNHEALTHY.includes(fault);
}
