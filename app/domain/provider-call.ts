/**
 * What adapters of remote services tell the pipeline: how a call ended, what it cost, and why it failed.
 * Endpoints, keys and prompts are never part of it.
 */

export const PROVIDER_FAULTS = [
  /** No connection, or it broke before or during the reply. */
  "unreachable",
  /** No complete reply in time. */
  "timeout",
  /** The service asked to slow down (429). */
  "rate_limited",
  /** The service says that it cannot now (5xx). */
  "unavailable",
  /** Wrong key, model or address (401, 403, 404): trying again cannot help. */
  "misconfigured",
  /** The service refuses this very request (400, 413 …): trying again cannot help. */
  "rejected",
  /** A safety filter stopped prompt or result. */
  "blocked",
  /** The reply was there and was not what the protocol promises (bad JSON, wrong count, not an image, too large …). */
  "malformed",
] as const;
export type ProviderFault = (typeof PROVIDER_FAULTS)[number];

/** Faults that another attempt may get over. */
export const RETRYABLE_FAULTS = [
  "unreachable",
  "timeout",
  "rate_limited",
  "unavailable",
  "malformed",
] as const satisfies ProviderFault[];

export type CallParameters = Record<string, string | number | boolean | null>;

/** One upstream call, as recorded with its step. */
export interface ProviderCall {
  /** Adapter id, e.g. "gemini". */
  provider: string;
  /** Model and version as the service names them. */
  model: string;
  startedAtMs: number;
  durationMs: number;
  /** null = it succeeded. */
  fault: ProviderFault | null;
  /** Whether the service may have charged for it: true for every request that it began to answer. */
  billed: boolean;
  parameters: CallParameters;
  inputTokens: number | null;
  outputTokens: number | null;
  /** Millionths of the operator's currency, from the configured price; null = no price is configured. */
  costMicros: number | null;
}

export type ReportCall = (call: ProviderCall) => void;

/** Another selector than the arm's decided; recorded with the slate. */
export interface SelectorFallback {
  /** Policy that decided, as "id/version". */
  selector: string;
  /** Why the arm's own did not. */
  fault: ProviderFault;
}

/** A remote service failed. `message` is for logs and coordinators and never holds a key, an address or a prompt. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly provider: string;
  readonly fault: ProviderFault;
  /** What the service asked for (Retry-After), in ms; null = it did not say. */
  readonly retryAfterMs: number | null;

  constructor(
    provider: string,
    fault: ProviderFault,
    message: string,
    options: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(`${provider}: ${message}`, { cause: options.cause });
    this.provider = provider;
    this.fault = fault;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }

  get retryable(): boolean {
    return (RETRYABLE_FAULTS as readonly ProviderFault[]).includes(this.fault);
  }
}

/** What a configured service does for the study. */
export const PROVIDER_ROLES = ["generator", "direct_slate", "selector", "t2i"] as const;
export type ProviderRole = (typeof PROVIDER_ROLES)[number];

/** A remote service that the operator configured. Holds no key and no address. */
export interface ProviderInfo {
  /** Id of its adapters, as arms name them and as calls are recorded. */
  readonly id: string;
  /** Protocol, e.g. "sdwebui". */
  readonly kind: string;
  readonly roles: readonly ProviderRole[];
  /** As configured; "" = whatever the service has loaded. */
  readonly model: string;
  /** Most calls at once, in all processes together as far as they can know. */
  readonly concurrency: number;
  /** null = no limit. */
  readonly requestsPerMinute: number | null;
  /** Asks the service, without cost, whether address, key and model are right. Throws ProviderError. */
  check(signal: AbortSignal): Promise<void>;
}
