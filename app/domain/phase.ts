/**
 * Where a rater stands within one trajectory:
 * consent → about_you → instructions → practice → prompt → interaction → evaluation → review → done.
 * Steps that the study leaves out are skipped.
 */
export const PHASES = [
  "consent",
  "about_you",
  "instructions",
  "practice",
  "prompt",
  "interaction",
  "evaluation",
  "done",
] as const;
export type Phase = (typeof PHASES)[number];

/** Phases that a study may switch off. */
export const OPTIONAL_PHASES = ["consent", "about_you", "practice"] as const satisfies Phase[];
export type OptionalPhase = (typeof OPTIONAL_PHASES)[number];

export type PhaseEvent =
  | { type: "accept_consent" }
  | { type: "save_about_you" }
  | { type: "read_instructions" }
  | { type: "finish_practice" }
  | { type: "submit_prompt" }
  /** 1-based number of the turn whose choice was made, and the study's horizon H. */
  | { type: "choose"; turnNumber: number; horizon: number }
  | { type: "submit_evaluation" };

const EVENT_OF: Partial<Record<Phase, PhaseEvent["type"]>> = {
  consent: "accept_consent",
  about_you: "save_about_you",
  instructions: "read_instructions",
  practice: "finish_practice",
  prompt: "submit_prompt",
  interaction: "choose",
  evaluation: "submit_evaluation",
};

/** The phases of a study in order. */
export function phasesOf(enabled: readonly OptionalPhase[]): Phase[] {
  const optional: readonly Phase[] = OPTIONAL_PHASES;
  return PHASES.filter((p) => !optional.includes(p) || (enabled as readonly Phase[]).includes(p));
}

/** The phase after `event`, or null when the event does not belong to this phase. */
export function nextPhase(phase: Phase, event: PhaseEvent, enabled: readonly OptionalPhase[]): Phase | null {
  if (EVENT_OF[phase] !== event.type) return null;
  if (event.type === "choose" && event.turnNumber < event.horizon) return "interaction";
  const order = phasesOf(enabled);
  return order[order.indexOf(phase) + 1] ?? null;
}
