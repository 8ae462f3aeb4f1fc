import type { SessionHeader } from "../../domain/rater-views.ts";

type Standing = Pick<SessionHeader, "phase" | "chosenTurns" | "horizon">;

/** How far a session is, in words and as steps: prompt, H turns, H evaluations. */
export function progressOf({ phase, chosenTurns, horizon }: Standing): {
  text: string;
  done: number;
  total: number;
} {
  const total = 2 * horizon + 1;
  switch (phase) {
    case "interaction":
      return {
        text: `Turn ${Math.min(chosenTurns + 1, horizon)} of ${horizon}`,
        done: 1 + chosenTurns,
        total,
      };
    case "evaluation":
      return { text: "Rating your turns", done: 1 + horizon, total };
    case "done":
      return { text: "Finished", done: total, total };
    case "prompt":
      return { text: "Writing the prompt", done: 0, total };
    case "consent":
      return { text: "Before the start: consent", done: 0, total };
    case "about_you":
      return { text: "Before the start: about you", done: 0, total };
    case "instructions":
      return { text: "Before the start: how it works", done: 0, total };
    case "practice":
      return { text: "Before the start: practice", done: 0, total };
  }
}
