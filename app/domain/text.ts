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

/** Why `prompt` is not acceptable as an initial prompt, or null (paper B.1: at most 12 words). */
export function initialPromptProblem(prompt: string, maxWords: number): string | null {
  const n = countWords(prompt);
  if (n === 0) return "Type what you would like to see.";
  if (n > maxWords) return `Use at most ${maxWords} words (now ${n}).`;
  if (prompt.length > LINE_MAX_CHARACTERS) return `Use at most ${LINE_MAX_CHARACTERS} characters.`;
  return null;
}

/** Why `critique` is not acceptable, or null. Empty is fine: a critique is optional. */
export function critiqueProblem(critique: string, maxWords: number): string | null {
  const n = countWords(critique);
  if (n > maxWords) return `Use at most ${maxWords} words (now ${n}).`;
  if (critique.length > LINE_MAX_CHARACTERS) return `Use at most ${LINE_MAX_CHARACTERS} characters.`;
  return null;
}
