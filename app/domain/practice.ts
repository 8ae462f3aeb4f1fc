/**
 * The practice turn: sixteen fixed pictures (`public/practice/`, made by `tools/practice-images.ts`) for one fixed prompt,
 * with what there is to say about each column. Nothing of it is study data.
 */
export const PRACTICE_PROMPT = "A lighthouse in a storm at night";

export interface PracticeColumn {
  /** What its four pictures are like, for people who see them and for people who do not. */
  summary: string;
  /** Why it is, or is not, the answer. */
  lesson: string;
}

/** The columns from left to right. */
export const PRACTICE_COLUMNS: readonly PracticeColumn[] = [
  {
    summary: "Four lighthouses on a calm, sunny day.",
    lesson:
      "All four are decent pictures of a lighthouse, but none has the storm or the night that was asked for. A column is not the answer because it is good on average.",
  },
  {
    summary: "Four sailing boats, one of them in a storm.",
    lesson:
      "There is night, and one storm, but no lighthouse. However good a picture is, it also has to match what was asked for.",
  },
  {
    summary: "A drawing, a beach, a castle, and one picture that has everything: 3B.",
    lesson:
      "3B is the best of the sixteen: a lighthouse, a storm, and night. Its column is the answer, even though the other three pictures in it are not what was asked for.",
  },
  {
    summary: "Four lighthouses at sunset.",
    lesson:
      "These come closer to night, but the storm is missing. Its best picture is good, and still not the best of the sixteen.",
  },
];

/** 1-based column and row letter of the best picture. */
export const PRACTICE_BEST = { column: 3, image: "3B" } as const;

export interface PracticeVerdict {
  column: number;
  right: boolean;
  lesson: string;
}

/** What to tell a rater who selected a column (1-based). */
export function practiceVerdict(column: number): PracticeVerdict {
  const right = column === PRACTICE_BEST.column;
  return { column, right, lesson: PRACTICE_COLUMNS[column - 1]?.lesson ?? "" };
}

/** Which scores fit the columns of the practice slate, judged by each column's best picture. */
const FITTING_SCORES: Record<number, readonly number[]> = { 1: [2, 3], 2: [1, 2], 3: [4, 5], 4: [2, 3, 4] };

export function practiceScoreFits(column: number, score: number): boolean {
  return FITTING_SCORES[column]?.includes(score) ?? false;
}
