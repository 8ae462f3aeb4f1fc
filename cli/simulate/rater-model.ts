/**
 * Simulated raters in the spirit of the paper's user model (section 5): a few latent types, each with a linear utility
 * over what can be seen in an image; choices by softmax, ratings from the same utilities. Like people, they never
 * learn the prompts behind the images. Seeded: the same seed and images give the same answers.
 */
import type { VsPrevious } from "../../app/domain/evaluation.ts";
import type { Random } from "../../app/domain/random.ts";
import type { ImageFeatures } from "./image-features.ts";

export interface UserType {
  name: string;
  weights: ImageFeatures;
  critiques: readonly string[];
}

export const USER_TYPES: readonly UserType[] = [
  {
    name: "likes bright colours",
    weights: { brightness: 3, colourfulness: 5, warmth: 0, contrast: 0 },
    critiques: ["Add more color", "make it brighter", "more vivid please", "a sunny day would be nicer"],
  },
  {
    name: "likes it dark and calm",
    weights: { brightness: -5, colourfulness: -2, warmth: 0, contrast: -1 },
    critiques: ["darker, at night", "less colorful", "a calmer mood", "more fog"],
  },
  {
    name: "likes warm light",
    weights: { brightness: 1, colourfulness: 1, warmth: 8, contrast: 0 },
    critiques: ["warmer colors", "golden light at sunset", "less blue", "make it cozy"],
  },
  {
    name: "likes drama",
    weights: { brightness: -1, colourfulness: 1, warmth: 0, contrast: 6 },
    critiques: ["more contrast", "a dramatic sky", "show it larger", "like an oil painting"],
  },
];

/** An ordinary image, against which utilities are taken. */
const ORDINARY: ImageFeatures = { brightness: 0.55, colourfulness: 0.4, warmth: 0.5, contrast: 0.45 };
const CRITIQUE_SHARE = 0.2;
const CHANGES_MIND_SHARE = 0.1;
const CHOICE_TEMPERATURE = 0.4;
const SAME_WITHIN = 0.2;

const RATIONALES = [
  "It matches what I had in mind best",
  "The best picture of this column fits my prompt",
  "I like the mood and the colors of this one",
  "Good composition and close to the original idea",
  "The subject is easiest to recognise here",
];

export function utilityOf(type: UserType, features: ImageFeatures): number {
  let sum = 0;
  for (const key of Object.keys(ORDINARY) as (keyof ImageFeatures)[]) {
    sum += type.weights[key] * (features[key] - ORDINARY[key]);
  }
  return sum;
}

/** Index drawn with probability proportional to exp(utility / temperature). */
export function softmaxChoice(
  utilities: readonly number[],
  random: Random,
  temperature = CHOICE_TEMPERATURE,
): number {
  const top = Math.max(...utilities);
  const weights = utilities.map((u) => Math.exp((u - top) / temperature));
  let left = random.next() * weights.reduce((a, b) => a + b, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return i;
  }
  return utilities.length - 1;
}

/** 1…5: an ordinary image is 3. */
export function satisfactionOf(utility: number): number {
  return Math.min(5, Math.max(1, Math.round(3 + utility)));
}

export function compareWithPrevious(previous: number, current: number): VsPrevious {
  if (Math.abs(current - previous) < SAME_WITHIN) return "same";
  return current > previous ? "better" : "worse";
}

/** A column as the rater judged it. */
export interface JudgedColumn {
  columnId: string;
  utility: number;
}

/** What was chosen in a turn; kept for the evaluation. */
export interface TurnDecision {
  columns: JudgedColumn[];
  chosen: JudgedColumn;
  critique: string;
}

export function decideTurn(type: UserType, columns: JudgedColumn[], random: Random): TurnDecision {
  const index = softmaxChoice(
    columns.map((column) => column.utility),
    random,
  );
  const critique = random.next() < CRITIQUE_SHARE ? random.pick(type.critiques) : "";
  return { columns, chosen: columns[index] as JudgedColumn, critique };
}

/** Answers of one turn of the evaluation phase, by form field. */
export function answerTurn(
  decision: TurnDecision,
  previous: TurnDecision | undefined,
  random: Random,
): Record<string, string> {
  const { columns, chosen } = decision;
  const best = columns.reduce((a, b) => (b.utility > a.utility ? b : a));
  const confirmed = random.next() < CHANGES_MIND_SHARE ? best : chosen;
  const mean = columns.reduce((sum, column) => sum + column.utility, 0) / columns.length;
  const answers: Record<string, string> = {
    confirmedColumnId: confirmed.columnId,
    rationale: random.pick(RATIONALES),
    turnSatisfaction: String(satisfactionOf((mean + best.utility) / 2)),
  };
  for (const { columnId, utility } of columns)
    answers[`satisfaction:${columnId}`] = String(satisfactionOf(utility));
  if (previous) answers.vsPrevious = compareWithPrevious(previous.chosen.utility, chosen.utility);
  return answers;
}
