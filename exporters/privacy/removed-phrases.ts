/** Shorter phrases are words that every text has. */
const PHRASE_MIN_CHARACTERS = 4;
/** Words beyond these are compared as a whole: the table below grows with their square. */
const WORDS_MAX = 500;

/**
 * The runs of words that were taken out of a text, as they stood in it: what an edited copy no longer says. Words that
 * the copy has in the same order stay. A phrase that the copy says elsewhere is no secret.
 */
export function removedPhrases(original: string, edited: string): string[] {
  const words = [...original.matchAll(/\S+/gu)];
  const left = [...edited.matchAll(/\S+/gu)].map((match) => match[0]);
  if (words.length > WORDS_MAX || left.length > WORDS_MAX) return edited === original ? [] : [original];
  const kept = commonWords(
    words.map((match) => match[0]),
    left,
  );
  const out: string[] = [];
  for (let from = 0; from < words.length; from++) {
    if (kept.has(from)) continue;
    let to = from;
    while (to + 1 < words.length && !kept.has(to + 1)) to += 1;
    const last = words[to];
    const phrase = original.slice(words[from]?.index ?? 0, last ? last.index + last[0].length : 0);
    if (phrase.length >= PHRASE_MIN_CHARACTERS && !edited.includes(phrase)) out.push(phrase);
    from = to;
  }
  return out;
}

/** Positions in `a` of a longest common subsequence with `b`. */
function commonWords(a: readonly string[], b: readonly string[]): Set<number> {
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      kept.add(i);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}
