/** Life of a turn and of its images (the generation pipeline). */
export const TURN_STATUSES = ["proposing", "rendering", "ready", "chosen", "failed"] as const;
export type TurnStatus = (typeof TURN_STATUSES)[number];

/** Why a turn failed. Every failed turn can be tried again. */
export const TURN_FAILURES = [
  /** A model or the storage did not do its part. */
  "fault",
  /** Not ready by the study's deadline. */
  "deadline",
  /** A safety filter stopped the prompt, the remark or an image. */
  "blocked",
  /** The study's spending limit is reached. */
  "spend_cap",
  /** The rater left; it goes on when the rater comes back. */
  "cancelled",
] as const;
export type TurnFailure = (typeof TURN_FAILURES)[number];

export type TurnEvent =
  | { type: "proposed" }
  | { type: "all_rendered" }
  | { type: "choose" }
  | { type: "fail" }
  /** `hasSlate`: candidates were already selected, so only rendering is repeated. */
  | { type: "retry"; hasSlate: boolean };

/** The status after `event`, or null when the event is not allowed. */
export function transitionTurn(from: TurnStatus, event: TurnEvent): TurnStatus | null {
  switch (event.type) {
    case "proposed":
      return from === "proposing" ? "rendering" : null;
    case "all_rendered":
      return from === "rendering" ? "ready" : null;
    case "choose":
      return from === "ready" ? "chosen" : null;
    case "fail":
      return from === "proposing" || from === "rendering" ? "failed" : null;
    case "retry":
      return from === "failed" ? (event.hasSlate ? "rendering" : "proposing") : null;
  }
}

export const STEP_KINDS = ["propose", "render"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** A durable step of the pipeline: one agent call or one image. */
export const STEP_STATUSES = ["pending", "running", "done", "failed", "cancelled"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export type StepEvent =
  | { type: "claim" }
  | { type: "succeed" }
  /** The attempt failed; `attempts` made so far, `maxAttempts` allowed; `final` when another cannot help. */
  | { type: "fail"; attempts: number; maxAttempts: number; final?: boolean }
  /** Nobody needs the result any more. */
  | { type: "cancel" }
  | { type: "lease_expired" }
  | { type: "retry" };

export function transitionStep(from: StepStatus, event: StepEvent): StepStatus | null {
  switch (event.type) {
    case "claim":
      return from === "pending" ? "running" : null;
    case "succeed":
      return from === "running" ? "done" : null;
    case "fail":
      if (from !== "running") return null;
      return !event.final && event.attempts < event.maxAttempts ? "pending" : "failed";
    case "cancel":
      return from === "pending" || from === "running" ? "cancelled" : null;
    case "lease_expired":
      return from === "running" ? "pending" : null;
    case "retry":
      return from === "failed" || from === "cancelled" ? "pending" : null;
  }
}

/**
 * Pause before attempt `attempts + 1`, in ms: drawn evenly below a bound that doubles from 0.5 s to 30 s ("full jitter"),
 * so that steps that failed together do not come back together. `jitter` in [0, 1).
 */
export function retryDelayMs(attempts: number, jitter: number): number {
  return Math.round(Math.min(500 * 2 ** Math.max(0, attempts - 1), 30_000) * jitter);
}
