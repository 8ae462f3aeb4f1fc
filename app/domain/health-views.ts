/** What the health page and the faults of a study's monitor are given. */
import type { BreakerStatus } from "./circuit-breaker.ts";
import type { ProviderFault } from "./provider-call.ts";
import type { TurnFailure } from "./turn.ts";

export interface ProviderHealth {
  id: string;
  /** Protocol; "built in" for embedded models. */
  kind: string;
  model: string;
  /** Within the window. */
  calls: number;
  faults: { fault: ProviderFault; n: number }[];
  p50Ms: number | null;
  p95Ms: number | null;
  breaker: BreakerStatus;
  /** Nobody calls it before; null or past = it may be called. */
  pausedUntilMs: number | null;
  /** null = no price is configured. */
  costMicros: number | null;
  concurrency: number | null;
  requestsPerMinute: number | null;
}

export interface SystemHealthView {
  parts: { name: string; what: string; ok: boolean; durationMs: number }[];
  providers: ProviderHealth[];
  queue: { waiting: number; running: number; oldestWaitingMs: number | null };
  workers: {
    id: string;
    host: string;
    pid: number;
    running: number;
    startedAtMs: number;
    heartbeatAtMs: number;
    isAlive: boolean;
  }[];
  windowMs: number;
  nowMs: number;
}

/** What went wrong with a study's slates within the last 24 hours, and what they cost so far. */
export interface StudyFaultsView {
  faults: { provider: string; fault: ProviderFault; n: number }[];
  calls: number;
  /** Turns that stand failed now. */
  failedTurns: { kind: TurnFailure; n: number }[];
  /** The latest failure in words. */
  latest: { atMs: number; message: string } | null;
  blocks: number;
  spentMicros: number;
  spendCapCents: number | null;
}

/** What each fault means for the person who runs the service. */
export const FAULT_ADVICE: Record<ProviderFault, string> = {
  unreachable: "no connection: is the service running, and is the address right?",
  timeout:
    "no complete reply in time: give it more time (TIMEOUT_SECONDS) or less to do at once (CONCURRENCY)",
  rate_limited: "it asks to slow down: set REQUESTS_PER_MINUTE or lower CONCURRENCY, or raise the quota",
  unavailable: "it says that it cannot now: look at its own log or status page",
  misconfigured: "wrong key, model or address: correct the MODEL_… variables and start again",
  rejected: "it refuses the request: the model or a setting such as the size is not supported",
  blocked: "its safety filter stopped prompts or images: look at what raters ask for",
  malformed: "its replies are not what the protocol promises: is it the right KIND, and the right model?",
};
