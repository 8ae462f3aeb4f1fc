import { hasCapability, type Role } from "./roles.ts";

/**
 * Whether someone of this role is shown arms as letters only. Who manages a study talks to its raters and decides on
 * their work, so may not know arms until the analysis is unlocked; researchers, who analyse, do.
 */
export function isBlindToArms(role: Role, analysisUnlockedAtMs: number | null): boolean {
  return analysisUnlockedAtMs === null && hasCapability(role, "study.manage");
}

/**
 * A letter per arm: A, B, … Z, AA, … in the order in which the keys come, each key once. A key that comes again or
 * later leaves the letters of those before it as they are.
 */
export function armLetters(armKeys: Iterable<string>): Map<string, string> {
  const letters = new Map<string, string>();
  for (const key of armKeys) if (!letters.has(key)) letters.set(key, letterAt(letters.size));
  return letters;
}

function letterAt(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterAt(Math.floor(index / 26) - 1) + last;
}

/** Sorts A, B, … Z, AA, …. */
export function byLetter(a: { letter: string }, b: { letter: string }): number {
  return a.letter.length - b.letter.length || (a.letter < b.letter ? -1 : a.letter > b.letter ? 1 : 0);
}
