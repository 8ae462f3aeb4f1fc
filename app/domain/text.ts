import { countWords } from "./words.ts";

/**
 * Text typed by a person, made storable: well-formed Unicode, no control characters except line breaks
 * (PostgreSQL refuses NUL), trimmed.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}]/gu, (c) => (c === "\n" ? "\n" : c === "\t" ? " " : ""))
    .trim();
}

/** The same on one line: prompts and critiques. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, " ");
}

export const LINE_MAX_CHARACTERS = 400;

export type LineProblem =
  | { code: "EMPTY" }
  | { code: "TOO_MANY_WORDS"; count: number }
  | { code: "TOO_LONG" };

/** What is wrong with a line of at most `maxWords` words, or null (paper B.1: at most 12 words). */
export function lineProblem(line: string, maxWords: number): LineProblem | null {
  const count = countWords(line);
  if (count === 0) return { code: "EMPTY" };
  if (count > maxWords) return { code: "TOO_MANY_WORDS", count };
  return line.length > LINE_MAX_CHARACTERS ? { code: "TOO_LONG" } : null;
}

/** Why `prompt` is not acceptable as an initial prompt, or null. */
export function initialPromptProblem(prompt: string, maxWords: number): string | null {
  const problem = lineProblem(prompt, maxWords);
  return problem && problemText(problem, maxWords);
}

/** Why `critique` is not acceptable, or null. Empty is fine: a critique is optional. */
export function critiqueProblem(critique: string, maxWords: number): string | null {
  const problem = lineProblem(critique, maxWords);
  return problem === null || problem.code === "EMPTY" ? null : problemText(problem, maxWords);
}

function problemText(problem: LineProblem, maxWords: number): string {
  switch (problem.code) {
    case "EMPTY":
      return "Type what you would like to see.";
    case "TOO_MANY_WORDS":
      return `Use at most ${maxWords} words (now ${problem.count}).`;
    case "TOO_LONG":
      return `Use at most ${LINE_MAX_CHARACTERS} characters.`;
  }
}
