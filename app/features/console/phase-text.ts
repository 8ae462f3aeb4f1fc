import type { Phase } from "../../domain/phase.ts";
import type { TurnStatus } from "../../domain/turn.ts";

const PHASES: Record<Phase, string> = {
  consent: "Consent",
  about_you: "About you",
  instructions: "Instructions",
  practice: "Practice",
  prompt: "Writing the prompt",
  interaction: "Interaction",
  evaluation: "Evaluation",
  done: "Done",
};

/** Where somebody is within a trajectory: "Turn 3 of 5". */
export function phaseText(at: { phase: Phase; chosenTurns: number; horizon?: number }): string {
  if (at.phase !== "interaction") return PHASES[at.phase];
  const turn = at.horizon === undefined ? at.chosenTurns + 1 : Math.min(at.chosenTurns + 1, at.horizon);
  return at.horizon === undefined ? `Turn ${turn}` : `Turn ${turn} of ${at.horizon}`;
}

/** What the rater sees of the latest turn. */
export function turnText(status: TurnStatus | null): string {
  switch (status) {
    case "proposing":
    case "rendering":
      return "waiting for images";
    case "ready":
      return "looking at images";
    case "failed":
      return "images failed";
    case "chosen":
    case null:
      return "";
  }
}
