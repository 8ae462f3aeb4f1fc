/** Word rules of the rater study (paper B.1, E.4). A word is a run of non-white-space (Unicode). */

export const INITIAL_PROMPT_MAX_WORDS = 12;
export const CRITIQUE_MAX_WORDS = 12;

/** Words of `text` after trimming, split on Unicode white space. */
export function words(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === "" ? [] : trimmed.split(/\s+/u);
}

/** Number of words in `text`. */
export function countWords(text: string): number {
  return words(text).length;
}

/**
 * Most words of a prompt expansion in turn `turnIndex` (0-based) of `horizon`:
 * floor(l0 + (lMax - l0) * t / H) with t = 1…H (paper E.4). Never below the initial prompt's own length.
 */
export function expansionWordLimit(
  initialPromptWords: number,
  turnIndex: number,
  horizon: number,
  maxWords: number,
): number {
  const t = turnIndex + 1;
  const limit = Math.floor(initialPromptWords + ((maxWords - initialPromptWords) * t) / horizon);
  return Math.max(limit, initialPromptWords);
}
