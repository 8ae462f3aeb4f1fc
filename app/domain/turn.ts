/** Life of a turn and of its images (the generation pipeline). */
export const TURN_STATUSES = ["proposing", "rendering", "ready", "chosen", "failed"] as const;
export type TurnStatus = (typeof TURN_STATUSES)[number];

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
export const STEP_STATUSES = ["pending", "running", "done", "failed"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export type StepEvent =
  | { type: "claim" }
  | { type: "succeed" }
  /** The attempt failed; `attempts` made so far, `maxAttempts` allowed. */
  | { type: "fail"; attempts: number; maxAttempts: number }
  | { type: "lease_expired" }
  | { type: "retry" };

export function transitionStep(from: StepStatus, event: StepEvent): StepStatus | null {
  switch (event.type) {
    case "claim":
      return from === "pending" ? "running" : null;
    case "succeed":
      return from === "running" ? "done" : null;
    case "fail":
      return from === "running" ? (event.attempts < event.maxAttempts ? "pending" : "failed") : null;
    case "lease_expired":
      return from === "running" ? "pending" : null;
    case "retry":
      return from === "failed" ? "pending" : null;
  }
}

/** Pause before attempt `attempts + 1`, in ms: doubles from 0.5 s to 30 s; `jitter` in [0, 1) spreads it. */
export function retryDelayMs(attempts: number, jitter: number): number {
  const base = Math.min(500 * 2 ** Math.max(0, attempts - 1), 30_000);
  return Math.round(base * (0.5 + jitter / 2));
}
