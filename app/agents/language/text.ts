import { words } from "../../domain/words.ts";

/**
 * Text handling that every agent shares. User text may be anything (Unicode, emoji, right-to-left,
 * nonsense), so nothing here assumes English unless it says so.
 */

/** English words that carry no picture content; they may be dropped when a prompt must be shortened. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a an the and or but of in on at by to for from with without into onto over under near beside behind between " +
    "through during as is are was were be been being it its this that these those there here his her their my our " +
    "your he she they we you i me him them us very really some any so too just while where which who whose"
  ).split(" "),
);

const ARTICLES: ReadonlySet<string> = new Set(["a", "an", "the", "some", "very", "really"]);

/**
 * `text` as one line without control characters, bidirectional overrides and lone surrogates.
 * Characters are removed, not replaced by spaces: the number of words never grows.
 */
export function cleanText(text: string): string {
  const printable = text
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/[\p{Cc}\p{Cs}]/gu, (ch) => (/\s/u.test(ch) ? " " : ""));
  return words(printable).join(" ");
}

/** The initial prompt as the head of an expansion: clean, without a full stop or comma at its end. */
export function headOf(initialPrompt: string): string {
  const clean = cleanText(initialPrompt);
  const trimmed = clean.replace(/[\s.,;:!?…。、！？]+$/u, "");
  return trimmed === "" ? clean : trimmed;
}

/** Key under which two prompts count as equal: case and white space folded. */
export function foldKey(text: string): string {
  return words(text.normalize("NFC").toLowerCase()).join(" ");
}

/** Lower-case runs of letters, marks and digits (hyphens and apostrophes inside a word are kept). */
export function tokens(text: string): string[] {
  return (
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/[‘’]/gu, "'")
      .match(/[\p{L}\p{M}\p{N}]+(?:['-][\p{L}\p{M}\p{N}]+)*/gu) ?? []
  );
}

/** Words that carry the intent of a prompt: what an expansion must keep (paper B.1). */
export function contentWords(text: string): string[] {
  const all = tokens(text);
  const content = all.filter((word) => !STOP_WORDS.has(word));
  return [...new Set(content.length > 0 ? content : all)];
}

/** Share of the intent's content words that `prompt` still has, in [0, 1]. */
export function intentCoverage(initialPrompt: string, prompt: string): number {
  const wanted = contentWords(initialPrompt);
  if (wanted.length === 0) return 1;
  const text = ` ${tokens(prompt).join(" ")} `;
  return wanted.filter((word) => text.includes(word)).length / wanted.length;
}

/** `text` without its articles; the words that name things stay, in order. */
export function withoutArticles(text: string): string {
  const all = words(text);
  const kept = all.filter((word) => !ARTICLES.has(word.toLowerCase()));
  return kept.length === 0 ? text : kept.join(" ");
}

/** "a" or "an" before `text`. By spelling, with the usual exceptions of sound. */
export function articleFor(text: string): "a" | "an" {
  const first = (words(text)[0] ?? "").toLowerCase();
  if (/^(uni|use|usu|eu|one\b|ukulele|ufo)/u.test(first)) return "a";
  if (/^(hour|honest|heir)/u.test(first)) return "an";
  return /^[aeiou]/u.test(first) ? "an" : "a";
}

/** Singular-ish key of an English word, so that "trees" and "tree" meet. Not for display. */
export function stem(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(ch|sh|x|ss|z|o)es$/u.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /ves$/u.test(word)) return `${word.slice(0, -3)}f`;
  if (word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/u.test(word)) return word.slice(0, -1);
  return word;
}

/** Plural of an English noun by rule. */
export function pluralOf(noun: string): string {
  if (/(s|x|z|ch|sh)$/u.test(noun)) return `${noun}es`;
  if (/[^aeiou]y$/u.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}
