import { countWords } from "./words.ts";

/** The questions of the evaluation phase (paper B.2), per turn. */
export const SATISFACTION_VALUES = [1, 2, 3, 4, 5] as const;
export const VS_PREVIOUS_VALUES = ["better", "same", "worse"] as const;
export type VsPrevious = (typeof VS_PREVIOUS_VALUES)[number];

export const RATIONALE_MAX_CHARACTERS = 2000;

/** Answers of one turn; null or "" = not answered yet. */
export interface TurnAnswers {
  /** 0-based. */
  turnIndex: number;
  confirmedColumnId: string | null;
  /** Satisfaction 1–5 by column id. */
  columnSatisfactions: Record<string, number | null>;
  rationale: string;
  /** Asked from the second turn on. */
  vsPrevious: VsPrevious | null;
  turnSatisfaction: number | null;
}

export const QUESTIONS = [
  "confirmed_column",
  "column_satisfaction",
  "rationale",
  "vs_previous",
  "turn_satisfaction",
] as const;
export type Question = (typeof QUESTIONS)[number];

/** One answer that is still missing; `columnId` for a column's satisfaction. */
export interface MissingAnswer {
  turnIndex: number;
  question: Question;
  columnId?: string;
  message: string;
}

/** Whether question 4 is asked: never in the first turn (paper B.2). */
export function asksVsPrevious(turnIndex: number): boolean {
  return turnIndex > 0;
}

/** Number of answers of a complete evaluation: 39 for H=5, L=4. */
export function answerCount(horizon: number, columnCount: number): number {
  return horizon * (3 + columnCount) + (horizon - 1);
}

/** What is missing in one turn, in the order of the questions. `columnIds` in display order. */
export function missingAnswers(
  answers: TurnAnswers,
  columnIds: readonly string[],
  rationaleMinWords: number,
): MissingAnswer[] {
  const { turnIndex } = answers;
  const missing: MissingAnswer[] = [];
  if (answers.confirmedColumnId === null) {
    missing.push({ turnIndex, question: "confirmed_column", message: "Confirm your preferred column." });
  }
  columnIds.forEach((columnId, position) => {
    if ((answers.columnSatisfactions[columnId] ?? null) === null) {
      missing.push({
        turnIndex,
        question: "column_satisfaction",
        columnId,
        message: `Rate column ${position + 1}.`,
      });
    }
  });
  const written = countWords(answers.rationale);
  if (written < rationaleMinWords) {
    missing.push({
      turnIndex,
      question: "rationale",
      message:
        written === 0
          ? "Say why you selected this column."
          : `Say a little more: at least ${rationaleMinWords} words (${written} so far).`,
    });
  }
  if (asksVsPrevious(turnIndex) && answers.vsPrevious === null) {
    missing.push({ turnIndex, question: "vs_previous", message: "Compare with the previous turn." });
  }
  if (answers.turnSatisfaction === null) {
    missing.push({ turnIndex, question: "turn_satisfaction", message: "Rate the turn as a whole." });
  }
  return missing;
}
